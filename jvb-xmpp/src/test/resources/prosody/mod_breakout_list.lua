-- Tells whoever comes into a main room its breakout rooms, as a Jitsi Meet's server does: rooms
-- with "split" in their names have three.
local jid = require "util.jid";
local st = require "util.stanza";
local host = module:get_option_string("breakout_rooms_muc");

local function told(room)
	local main = jid.node(room);
	local rooms = { ('"%s":{"isMainRoom":true,"id":"%s","jid":"%s","name":"","participants":{}}'):format(main, main, room) };
	for number, name in ipairs({ "Breakout room #1", "Grüner Tisch", "grüner tisch" }) do
		local id = ("0000000%d-1111-4222-8333-444455556666"):format(number);
		rooms[#rooms + 1] = ('"%s":{"id":"%s","jid":"%s@%s","name":"%s","participants":{}}'):format(id, id, id, host, name);
	end
	return '{"type":"breakout_rooms","event":"features/breakout-rooms/update","roomCounter":3,"rooms":{'
		.. table.concat(rooms, ",") .. "}}";
end

module:hook("muc-occupant-joined", function (event)
	local to, room = event.occupant.jid, event.room.jid;
	if not jid.node(room):match("split") then
		return;
	end
	module:add_timer(0.3, function ()
		for _, text in ipairs({ '{"type":"other"}', "no json", told(room) }) do
			module:send(st.message({ from = host, to = to })
				:tag("json-message", { xmlns = "http://jitsi.org/jitmeet" }):text(text));
		end
	end);
end);
