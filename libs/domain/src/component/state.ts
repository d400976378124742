/** How a component is set up after its events. */
import type { ComponentEvent, ComponentSettings } from './events.js';

export interface Component {
  readonly component: string;
  /** Undefined until it is defined. */
  readonly settings: ComponentSettings | undefined;
  /** Deadlines of single examiners, by account. */
  readonly extensions: ReadonlyMap<string, string>;
}

export const initial: Component = { component: '', settings: undefined, extensions: new Map() };

export function evolve(state: Component, event: ComponentEvent): Component {
  switch (event.type) {
    case 'ComponentDefined': {
      const { component, ...settings } = event.data;
      return { ...state, component, settings };
    }
    case 'ComponentSettingChanged':
      return state.settings === undefined
        ? state
        : { ...state, settings: { ...state.settings, ...event.data.to } };
    case 'DeadlineExtended':
      return extended(state, event.data.who, event.data.until);
    default:
      return state;
  }
}

/** The deadline in force for an examiner, or for everybody; undefined where nothing is defined. */
export function deadlineOf(state: Component, account?: string): string | undefined {
  const own = account === undefined ? undefined : state.extensions.get(account);
  const general = state.settings?.deadline;
  if (own === undefined || general === undefined) return general;
  return Date.parse(own) > Date.parse(general) ? own : general;
}

function extended(state: Component, who: string | undefined, until: string): Component {
  if (who !== undefined) return { ...state, extensions: new Map(state.extensions).set(who, until) };
  if (state.settings === undefined) return state;
  return { ...state, settings: { ...state.settings, deadline: until } };
}
