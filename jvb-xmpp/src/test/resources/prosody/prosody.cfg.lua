-- @DIRECTORY@, @C2S@, @HTTP@ and @WITHOUT@, a module, are filled in.
pidfile = "@DIRECTORY@/prosody.pid"
data_path = "@DIRECTORY@/data"
certificates = "@DIRECTORY@"
plugin_paths = { "@DIRECTORY@" }
run_as_root = true
log = { info = "@DIRECTORY@/prosody.log" }
interfaces = { "127.0.0.1" }
c2s_ports = { @C2S@ }
c2s_direct_tls_ports = {}
legacy_ssl_ports = {}
s2s_ports = {}
component_ports = {}
http_ports = { @HTTP@ }
http_interfaces = { "127.0.0.1" }
http_default_host = "meet.test"
https_ports = {}
consider_websocket_secure = true
c2s_require_encryption = false
allow_unencrypted_plain_auth = true
smacks_hibernation_time = 60
modules_enabled = { "tls", "disco", "ping", "saslauth", "websocket", "smacks", "roster", "presence", "message", "iq" }
modules_disabled = { "s2s", @WITHOUT@, "offline", "posix" }
admins = { "focus@auth.meet.test", "jvb@auth.meet.test" }

VirtualHost "meet.test"
  authentication = "anonymous"

VirtualHost "token.meet.test"
  authentication = "url_token"

VirtualHost "auth.meet.test"
  authentication = "internal_plain"

Component "conference.meet.test" "muc"
  modules_enabled = { "tenants", "breakout_list", "refusals" }
  breakout_rooms_muc = "breakout.meet.test"
  restrict_room_creation = false
  muc_room_locking = false
  muc_room_default_public_jids = true

Component "breakout.meet.test" "muc"
  restrict_room_creation = false
  muc_room_locking = false
  muc_room_default_public_jids = true

Component "internal.auth.meet.test" "muc"
  muc_room_locking = false
  muc_room_default_public_jids = true

Component "avmoderation.meet.test" "messenger"

Component "focus.meet.test" "focus_proxy"
  target_address = "focus@auth.meet.test"
