-- What a Jitsi Meet's server may refuse: who comes with a token for another room; in rooms called
-- "refused-" and a condition whoever comes but the focus, with that one; and in rooms with "strict"
-- in their names the first change that somebody else than the focus makes to anybody's affiliation.
-- In rooms with "silent" in their names such a change is not answered.
local jid = require "util.jid";
local st = require "util.stanza";
local focus = "focus@auth.meet.test";

module:hook("muc-occupant-pre-join", function (event)
	local name, token = jid.node(event.room.jid), event.origin.url_token;
	local condition = name:match("^refused%-([a-z-]+)");
	if token and token ~= "good-for-" .. name then
		event.origin.send(st.error_reply(event.stanza, "cancel", "not-allowed", "Room and token mismatched"));
		return true;
	elseif condition and jid.bare(event.stanza.attr.from) ~= focus then
		event.origin.send(st.error_reply(event.stanza, "cancel", condition));
		return true;
	end
end, 99);

module:hook("muc-pre-set-affiliation", function (event)
	local room = event.room;
	if event.actor and event.actor ~= true and jid.bare(event.actor) ~= focus
		and jid.node(room.jid):match("strict") and not room.refused_once then
		room.refused_once = true;
		event.allowed = false;
	end
end);

module:hook("iq-set/bare/http://jabber.org/protocol/muc#admin:query", function (event)
	local room = jid.node(event.stanza.attr.to);
	if room:match("silent") and jid.bare(event.stanza.attr.from) ~= focus then
		module:log("info", "left unanswered in %s", room);
		return true;
	end
end, 100);
