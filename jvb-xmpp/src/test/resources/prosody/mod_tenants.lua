-- Rooms of tenants, as a Jitsi Meet's server has them: who is outside sees room@conference.tenant.
-- and the domain, and inside the room is [tenant]room of the one domain that there is.
local filters = require "util.filters";
local jid = require "util.jid";
local prefix, base = module.host:match("^(.-%.)(.*)$");
local hosts_of_tenants = "^" .. prefix:gsub("%p", "%%%0") .. "([^%.]+)%." .. base:gsub("%p", "%%%0") .. "$";

-- Answers to questions about a host, which have nothing of the tenant in them.
local asked = {};

local function inside(stanza)
	local node, host, resource = jid.split(stanza.attr.to);
	local tenant = host and host:match(hosts_of_tenants);
	if not tenant then
		return;
	end
	if not node and stanza.attr.id then
		asked[stanza.attr.id] = stanza.attr.to;
	end
	stanza.attr.to = jid.join(node and ("[" .. tenant .. "]" .. node), module.host, resource);
end

local function outside(stanza)
	local node, host, resource = jid.split(stanza.attr.from);
	if host ~= module.host then
		return;
	end
	local tenant, room = (node or ""):match("^%[([^%]]+)%](.+)$");
	if tenant then
		stanza.attr.from = jid.join(room, prefix .. tenant .. "." .. base, resource);
	elseif not node and asked[stanza.attr.id] then
		stanza.attr.from, asked[stanza.attr.id] = asked[stanza.attr.id], nil;
	end
end

filters.add_filter_hook(function (session)
	filters.add_filter(session, "stanzas/out", function (stanza)
		if stanza.attr and stanza.attr.from then
			outside(stanza);
		end
		return stanza;
	end);
end);

local function watch(host)
	local context = module:context(host);
	for _, kind in ipairs({ "message", "presence", "iq" }) do
		for _, address in ipairs({ "host", "bare", "full" }) do
			context:hook("pre-" .. kind .. "/" .. address, function (event)
				inside(event.stanza);
			end);
			context:hook(kind .. "/" .. address, function (event)
				if event.stanza.attr.from then
					outside(event.stanza);
				end
			end);
		end
	end
end

module:hook_global("host-activated", watch);
for host in pairs(prosody.hosts) do
	watch(host);
end
