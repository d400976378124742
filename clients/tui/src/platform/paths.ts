import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** Where this person's things are kept on this machine, after the XDG base directory rules. */
export interface PortalPaths {
  /** Settings; its path is also what tells two people on one machine apart. */
  readonly configFolder: string;
  readonly settingsFile: string;
  /** In which capacity a person works, by server, account and component. */
  readonly workAsFile: string;
  readonly stateFolder: string;
  readonly tokensFolder: string;
  readonly journalFolder: string;
  /** Where a running service on this machine announces itself. */
  readonly announcedService: string;
}

export function portalPaths(env: NodeJS.ProcessEnv = process.env): PortalPaths {
  const configFolder = join(base(env['XDG_CONFIG_HOME'], '.config'), 'portal');
  const stateFolder = join(base(env['XDG_STATE_HOME'], join('.local', 'state')), 'portal');
  return {
    configFolder,
    settingsFile: join(configFolder, 'settings.json'),
    workAsFile: join(configFolder, 'work-as.json'),
    stateFolder,
    tokensFolder: join(stateFolder, 'tokens'),
    journalFolder: join(stateFolder, 'journal'),
    announcedService: join(stateFolder, 'service.json'),
  };
}

/** A relative path in an XDG variable is to be ignored, says the specification. */
function base(given: string | undefined, fallback: string): string {
  return given && isAbsolute(given) ? given : join(homedir(), fallback);
}
