import type { CommonEffect, CommonMessage, Frame, Screen, Services, Typed } from '../../platform/screen.js';
import { fit } from '../../platform/text/width.js';
import { capacityOn, type AskedAs } from './moderation.messages.js';
import { bannerOf, isSame } from './words.js';

/** A page of moderation: above its own rows stands, for as long as it lasts, as whom one works. */
export function withBanner<State, Message extends Typed, Effect extends Typed, Params>(
  page: Screen<State, Message, Effect, Params> & { readonly worksOn: (state: State) => string | undefined },
): Screen<State, Message, Effect, Params> {
  return {
    ...page,
    keys: [...page.keys, { action: END, keys: ['ctrl-e'], description: 'iamis.key.end-work-as' }],
    update: (state, message, services) => {
      const component = page.worksOn(state);
      // Asked as somebody else than one is by now: it would show the one under the banner of the other.
      if (isOutdated(message, component, services)) return page.update(state, { type: 'resumed' }, services);
      const isText = page.takesText?.(state) === true && message.type === 'key';
      if (isText || !isEnd(message) || component === undefined) return page.update(state, message, services);
      if (services.workAs?.[component] === undefined) return { state, effects: [NOT_WORKING] };
      const next = page.update(state, { type: 'resumed' }, { ...services, workAs: without(services.workAs, component) });
      return { state: next.state, effects: [{ type: 'work-as', component, capacity: undefined }, ...next.effects] };
    },
    view: (state, size, context): Frame => {
      const component = page.worksOn(state);
      const banner = component === undefined ? undefined : bannerOf(context.workAs?.[component], component, context);
      if (banner === undefined) return page.view(state, size, context);
      const frame = page.view(state, { ...size, rows: size.rows - 1 }, context);
      const line = typeof banner === 'string' ? banner : { ...banner, text: fit(banner.text, size.columns) };
      return { ...frame, lines: [[line], ...frame.lines] };
    },
  };
}

const END = 'end-work-as';
const NOT_WORKING: CommonEffect = { type: 'say', sentence: { id: 'iamis.why.not-working-as' }, as: 'warning' };

function isEnd(message: Typed | CommonMessage): boolean {
  if (message.type === 'action') return (message as { readonly action: string }).action === END;
  if (message.type !== 'key') return false;
  const { key } = message as Extract<CommonMessage, { type: 'key' }>;
  return key.kind === 'key' && key.ctrl === true && key.name === 'e';
}

function isOutdated(message: Typed | CommonMessage, component: string | undefined, services: Services): boolean {
  const { askedAs } = message as { readonly askedAs?: AskedAs };
  if (message.type !== 'read' || askedAs === undefined) return false;
  if (askedAs.workAs === undefined) return component !== undefined && askedAs.capacity !== capacityOn(component, services);
  const now = services.workAs ?? {};
  return Object.keys({ ...now, ...askedAs.workAs }).some((one) => !isSame(now[one], askedAs.workAs?.[one]));
}

function without<T>(all: Readonly<Record<string, T>>, name: string): Readonly<Record<string, T>> {
  const { [name]: _, ...others } = all;
  return others;
}
