-- Anonymous accounts for who brings a token in the URL of its WebSocket: "good-for-" and the room,
-- or "signs-in", whose room nobody has looked at then.
local formdecode = require "util.http".formdecode;
local new_id = require "util.id".medium;
local sasl = require "util.sasl";

module:hook_global("websocket-session", function (event)
	local query = event.request.url.query;
	local parameters = query and formdecode(query) or {};
	event.session.url_token = parameters.token;
	event.session.url_room = parameters.room;
end);

sasl.registerMechanism("ANONYMOUS", { "anonymous" }, function (self, message)
	local username = new_id():lower();
	if not self.profile.anonymous(self, username, self.realm) then
		return "failure", "not-authorized", "The token is not valid.";
	end
	self.username = username;
	return "success";
end);

module:provides("auth", {
	get_sasl_handler = function (session)
		return sasl.new(module.host, {
			anonymous = function ()
				return session.url_token == "signs-in"
				or session.url_token == "good-for-" .. tostring(session.url_room);
			end;
		});
	end;
});
