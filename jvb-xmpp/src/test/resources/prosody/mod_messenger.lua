-- Tells the subject of each message what its body is, as the components of a Jitsi Meet tell occupants.
local st = require "util.stanza";
module:hook("message/host", function(event)
  local to = event.stanza:get_child_text("subject");
  module:send(st.message({ from = module.host, to = to })
    :tag("json-message", { xmlns = "http://jitsi.org/jitmeet" }):text(event.stanza:get_child_text("body")));
  return true;
end);
