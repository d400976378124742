import type { SignInStep } from '@portal/contract';
import { checked, type Schema } from '../http/body.js';
import { Refused } from '../http/problems.js';
import { askingClient, interactionOf, showStep, takeAnswer, type Exchange } from '../sign-in/sign-in-routes.js';
import type { SignInParts } from '../sign-in/sign-in-work.js';
import { isStepName, STEPS, type StepName } from '../sign-in/steps.js';
import type { Page } from './layout.js';
import { asidePage, stepPage, type Aside, type StepScene } from './step-pages.js';
import type { TextKey } from './texts.js';
import type { Shown, Visit } from './visit.js';
import { wordsOf, wrongDigits } from './wrong.js';

/** The same steps as a program answers, in a browser: `GET /sign-in/UID` and the forms that stand there. */
export class SignInPages {
  constructor(private readonly parts: SignInParts) {}

  async show(visit: Visit, uid: string): Promise<Shown> {
    const { exchange, query } = visit;
    const scene = await this.#scene(visit, uid);
    const step = await showStep(this.parts, exchange, uid);
    const aside = query.get('at');
    if (isAside(aside) && isOpenTo(aside, step)) return shown(scene, asidePage(scene, aside, step));
    if (step.step !== 'approve' || step.number === '') return shown(scene, stepPage(scene, step));
    // Looking whether the number was entered: what it brings was decided on the other device.
    return this.#taken(scene, exchange, { uid, name: 'approve' }, {});
  }

  async answer(visit: Visit, uid: string, name: string, fields: URLSearchParams): Promise<Shown> {
    const scene = await this.#scene(visit, uid);
    if (!isStepName(name)) return { redirect: scene.address };
    const answer = name === 'stay' ? { stay: fields.get('stay') === 'yes' } : { [name]: fields.get(name) ?? '' };
    const step = name === 'code' ? await showStep(this.parts, visit.exchange, uid) : undefined;
    const digits = step?.step === 'code' && step.factor !== 'recovery' ? wrongDigits(fields.get('code') ?? '') : undefined;
    if (step !== undefined && digits !== undefined) {
      return shown(scene, { ...stepPage(scene, step), wrong: { text: scene.say(digits), field: 'code' }, status: 422 });
    }
    const typed = name === 'username' ? (fields.get('username') ?? '') : undefined;
    const taken = await this.#taken({ ...scene, typed }, visit.exchange, { uid, name }, name === 'approve' ? {} : answer);
    // So that loading the page again answers nothing again.
    return 'page' in taken && taken.page.wrong === undefined ? { redirect: scene.address } : taken;
  }

  async #taken(
    scene: StepScene, exchange: Exchange, { uid, name }: { uid: string; name: StepName }, answer: object,
  ): Promise<Shown> {
    try {
      const step = await takeAnswer(this.parts, exchange, { uid, name }, checked(answer, STEPS[name].schema as Schema<object>));
      return shown(scene, stepPage(scene, step));
    } catch (error) {
      const step = await showStep(this.parts, exchange, uid);
      return shown(scene, refusedPage(scene, step, name, error));
    }
  }

  async #scene(visit: Visit, uid: string): Promise<StepScene> {
    const interaction = await interactionOf(this.parts, visit.exchange, uid);
    const asked = interaction.params['ui_locales'];
    const address = `/sign-in/${uid}`;
    const device = await askingClient(this.parts, interaction);
    const scene = visit.scene(address, typeof asked === 'string' ? asked : undefined);
    return { ...scene, device, isStill: visit.query.has('still') };
  }
}

function refusedPage(scene: StepScene, step: SignInStep, name: StepName, error: unknown): Page {
  const words = wordsOf(error, scene);
  if (words === undefined || !(error instanceof Refused)) throw error;
  const { type, status } = error.problem;
  const missing = type === 'malformed-request' ? MISSING[name] : undefined;
  const wrong = { text: missing === undefined ? words : scene.say(missing), field: FIELD.has(step.step) ? step.step : undefined };
  // The number that was shown holds no longer.
  const over = step.step === 'approve' && name === 'approve' ? { ...step, number: '' } : step;
  const again = name === 'username' ? asidePage(scene, 'username', step) : stepPage({ ...scene, isToldWhy: true }, over);
  return { ...again, wrong, status };
}

const MISSING: Partial<Record<StepName, TextKey>> = {
  username: 'wrong-username', password: 'wrong-password-missing', code: 'wrong-code-missing',
};

/** Steps whose one field has their name. */
const FIELD: ReadonlySet<string> = new Set(['username', 'password', 'code']);

const ASIDES: ReadonlySet<string | null> = new Set<Aside>(['username', 'factors', 'cannot-access']);
const isAside = (text: string | null): text is Aside => ASIDES.has(text);

const isOpenTo = (aside: Aside, { step }: SignInStep): boolean =>
  aside === 'factors' ? step === 'code' || step === 'approve' : step === 'username' || step === 'password';

const shown = (scene: StepScene, page: Page): Shown => ({ scene, page });
