-- Hands requests to this component on to the user that manages conferences, and the answers back:
-- what clients of a Jitsi Meet ask is the component, and who answers is a user.
local jid = require "util.jid";
local st = require "util.stanza";
local target = module:get_option_string("target_address");
local resource;

module:hook("presence/host", function (event)
	local stanza = event.stanza;
	if jid.bare(stanza.attr.from) == target then
		if stanza.attr.type == "unavailable" then
			resource = nil;
		elseif not stanza.attr.type then
			resource = jid.resource(stanza.attr.from);
		end
	end
	return true;
end, 10);

module:hook("iq/host", function (event)
	local stanza = st.clone(event.stanza);
	if stanza.attr.type == "get" or stanza.attr.type == "set" then
		if not resource then
			module:send(st.error_reply(event.stanza, "cancel", "service-unavailable"));
			return true;
		end
		stanza.attr.from = module.host .. "/" .. stanza.attr.from;
		stanza.attr.to = target .. "/" .. resource;
	else
		stanza.attr.to = jid.resource(stanza.attr.to);
		stanza.attr.from = module.host;
	end
	module:send(stanza);
	return true;
end, 10);
