import type { Command } from 'commander';

export type Shell = 'bash' | 'zsh' | 'fish';

/** A script for the shell, made from the commands themselves: what may follow which words. */
export function completionScript(program: Command, shell: Shell): string {
  const places = placesIn(program, program, []);
  return shell === 'fish' ? fish(places) : shell === 'zsh' ? zsh(places) : bash(places);
}

interface Place {
  /** `emi sheet`; empty at the beginning. */
  readonly path: string;
  readonly words: readonly string[];
}

function placesIn(program: Command, command: Command, path: readonly string[]): readonly Place[] {
  const options = new Set([...program.options, ...command.options].map(option => option.long ?? ''));
  const words = [...command.commands.map(one => one.name()), ...options];
  return [
    { path: path.join(' '), words },
    ...command.commands.flatMap(one => placesIn(program, one, [...path, one.name()])),
  ];
}

/** The longest run of leading words that is a command decides what may follow. */
function walk(places: readonly Place[]): string {
  const cases = places.map(({ path, words }) => `    "${path}") printf '%s\\n' ${words.join(' ')} ;;`);
  return [
    '_portal_words() {',
    '  case "$1" in',
    ...cases,
    '    *) return 1 ;;',
    '  esac',
    '}',
    '_portal_after() {',
    '  local path="" word',
    '  for word in "$@"; do',
    '    case "$word" in -*) continue ;; esac',
    '    if _portal_words "${path:+$path }$word" >/dev/null; then path="${path:+$path }$word"; fi',
    '  done',
    '  _portal_words "$path"',
    '}',
  ].join('\n');
}

function bash(places: readonly Place[]): string {
  return `${walk(places)}
_portal() {
  local current="\${COMP_WORDS[COMP_CWORD]}"
  COMPREPLY=($(compgen -W "$(_portal_after "\${COMP_WORDS[@]:1:COMP_CWORD-1}")" -- "$current"))
}
complete -o default -F _portal portal`;
}

function zsh(places: readonly Place[]): string {
  return `#compdef portal
${walk(places)}
_portal() {
  compadd -- \${(f)"$(_portal_after "\${words[@]:1:CURRENT-2}")"} || _files
}
compdef _portal portal`;
}

function fish(places: readonly Place[]): string {
  const cases = places.map(
    ({ path, words }) => `        case '${path}'\n            printf '%s\\n' ${words.join(' ')}`,
  );
  return `function __portal_words
    switch "$argv[1]"
${cases.join('\n')}
        case '*'
            return 1
    end
end
function __portal_after
    set -l path ''
    for word in (commandline -opc)[2..-1]
        if string match -q -- '-*' $word
            continue
        end
        set -l longer (string trim -- "$path $word")
        if __portal_words $longer >/dev/null
            set path $longer
        end
    end
    __portal_words $path
end
complete -c portal -a '(__portal_after)'`;
}
