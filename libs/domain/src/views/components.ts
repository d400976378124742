/** How is a component set up, and which components has a code? */
import type { ComponentEvent, ComponentSettings } from '../component/events.js';
import { codeOf } from '../streams.js';
import type { View } from './view.js';
import { known } from './view.js';

export interface ComponentDocument extends ComponentSettings {
  readonly component: string;
  /** Later deadlines of single examiners, by account. */
  readonly extensions: { readonly [account: string]: string };
}

export interface ComponentCodeDocument {
  /** Ids with this code, one a series. */
  readonly components: readonly string[];
}

const SETTINGS = [
  'ComponentDefined',
  'ComponentSettingChanged',
  'DeadlineExtended',
] as const satisfies readonly ComponentEvent['type'][];

/** Key: the component's id. */
export const components: View<ComponentDocument> = {
  name: 'components',
  version: 1,
  types: SETTINGS,
  keys(event) {
    const happened = known(event);
    switch (happened.type) {
      case 'ComponentDefined':
      case 'ComponentSettingChanged':
      case 'DeadlineExtended':
        return [happened.data.component];
      default:
        return [];
    }
  },
  evolve(_, before, event) {
    const happened = known(event);
    if (happened.type === 'ComponentDefined') return { extensions: {}, ...happened.data };
    if (before === undefined) return undefined;
    if (happened.type === 'ComponentSettingChanged') return { ...before, ...happened.data.to };
    if (happened.type !== 'DeadlineExtended') return before;
    const { who, until } = happened.data;
    if (who === undefined) return { ...before, deadline: until };
    return { ...before, extensions: { ...before.extensions, [who]: until } };
  },
};

/** Key: the bare code, e.g. `9521/01`. */
export const componentCodes: View<ComponentCodeDocument> = {
  name: 'component-codes',
  version: 1,
  types: ['ComponentDefined'],
  keys(event) {
    const happened = known(event);
    return happened.type === 'ComponentDefined' ? [codeOf(happened.data.component)] : [];
  },
  evolve(_, before, event) {
    const happened = known(event);
    if (happened.type !== 'ComponentDefined') return before;
    const { component } = happened.data;
    const ids = before?.components ?? [];
    return ids.includes(component) ? before : { components: [...ids, component].sort() };
  },
};
