# What the programs at the top of the checkout share. To be sourced, with: program, its name; wrong_usage, its exit
# status for wrong usage; root, the checkout.

called=./$program java_kind=JDK
. "$root/standalone/start.sh"

refuse() {
  echo "$* ($called --help lists the options)" >&2
  exit "$wrong_usage"
}

# What stands for an option's value in the help; nothing for one without. Fails for what is no option.
placeholder() {
  awk -v option="$2" '
    /^ +(-[a-zA-Z], )?--/ {
      match($0, /--[a-z0-9-]+/)
      name = substr($0, RSTART, RLENGTH)
      rest = substr($0, RSTART + RLENGTH)
      short = match($0, /-[a-zA-Z], /) ? substr($0, RSTART, 2) : ""
      if (option == name || option == short) {
        found = 1
        if (rest ~ /^[ =][^ ]/) { split(substr(rest, 2), words, " "); print words[1] }
      }
    }
    END { exit !found }' "$1"
}

# check_options HELP ARGUMENT...: shows the help where it is asked for, and refuses what HELP does not have, before
# anything is built.
check_options() {
  local help=$1 argument option value wanted=
  shift
  for argument in "$@"; do
    if [ -n "$wanted" ]; then
      check_value "$option" "$wanted" "$argument"
      wanted=
      continue
    fi
    case $argument in -h | --help) exec cat "$help" ;; esac
    option=${argument%%=*}
    case $argument in
      -*) wanted=$(placeholder "$help" "$option") || refuse "Unknown option: '$argument'" ;;
      *) refuse "Unmatched argument: '$argument'" ;;
    esac
    if [ "$option" != "$argument" ] && [ -n "$wanted" ]; then
      value=${argument#*=}
      check_value "$option" "$wanted" "$value"
      wanted=
    fi
  done
  [ -z "$wanted" ] || refuse "Missing value for option '$option' ($wanted)"
}

# By what the help calls it: PORT and the like are numbers, "a|b" is one of these.
check_value() {
  case $2 in
    PORT | SECONDS | MINUTES | N)
      case $3 in '' | *[!0-9]*) refuse "Invalid value for option '$1': '$3' is no number" ;; esac ;;
    *'|'*)
      case "|$2|" in *"|$3|"*) ;; *) refuse "Invalid value for option '$1': '$3' is none of ${2//|/, }" ;; esac ;;
  esac
}

# build STAMP MODULES PATH...: builds these modules, where something below the paths is newer than the stamp.
build() {
  local stamp=$root/$1 modules=$2 log=$root/target/build-$program.log sources
  shift 2
  sources=$(cd "$root" && find "$@" -path '*/target' -prune -o -path '*/src/test' -prune -o -name node_modules -prune \
    -o -type f \( -path '*/src/main/*' -o -name pom.xml \) -newer "$stamp" -print -quit 2>/dev/null || true)
  [ ! -e "$stamp" ] || [ -n "$sources" ] || return 0
  command -v mvn >/dev/null || fail "no Maven found: install Maven, version 3.8 or later"
  echo "Building: a minute or two the first time, and longer where Maven has to download what it needs ..." >&2
  mkdir -p "$root/target"
  (cd "$root" && mvn -B -DskipTests -pl "$modules" -am package) 2>&1 | tee "$log" | progress >&2 || {
    grep '^\[ERROR\]' "$log" | head -20 >&2
    fail "the build failed; $log has all that Maven said"
  }
  touch "$stamp"
}

# A line for each module, and for each hundred downloads.
progress() {
  awk '
    /^\[INFO\] Building .*\[[0-9]+\/[0-9]+\]$/ {
      match($0, /\[[0-9]+\/[0-9]+\]$/)
      part = substr($0, RSTART, RLENGTH)
      text = substr($0, 17, RSTART - 17)
      sub(/ [^ ]+ +$/, "", text)
      print "  " part " " text
    }
    / Downloaded from |^Downloaded from / { if (++files % 100 == 0) print "  " files " files downloaded" }
    { fflush() }'
}
