/** Every tidy rule, seen to fail: a text that breaks it, and one beside it that does not. */
import { problemsOf } from './tidy.mjs';

const lines = (count, line = '// …') => `${line}\n`.repeat(count);
const body = (count) => `export function long(): void {\n${lines(count - 2, '  void 0;')}}\n`;

const broken = {
  'a long file': lines(251),
  'a long function': body(71),
  forwardRef: 'export const a = forwardRef(() => B);\n',
  AggregateRoot: "import { AggregateRoot } from '@nestjs/cqrs';\nexport class A extends AggregateRoot {}\n",
  EventPublisher: 'export class A { constructor(readonly events: EventPublisher) {} }\n',
  Saga: 'export class A { @Saga() run() {} }\n',
  'a skipped test': "describe.skip('x', () => {});\nexport {};\n",
  'a focused test': "fit('x', () => {});\nexport {};\n",
  'the only test': "it.only('x', () => {});\nexport {};\n",
  enum: 'export enum State { On }\n',
  'a silenced type': '// @ts-ignore\nexport const a: string = 1;\n',
  'a barrel': "export * from './a.js';\nexport * from './b.js';\n",
};

const kept = {
  'a file of 250 lines': `${lines(249)}export {};\n`,
  'a function of 70 lines': body(70),
  'a test that says what the machine lacks': "const here = canMount ? describe : describe.skip;\nhere('x', () => {});\nexport {};\n",
  'a long description': `describe('x', () => {\n${lines(100, '  void 0;')}});\nexport {};\n`,
};

export function tidyControlProblems() {
  const blind = Object.entries(broken).filter(([, text]) => problemsOf('libs/x/src/control.spec.ts', text).length === 0);
  const strict = Object.entries(kept).filter(([, text]) => problemsOf('libs/x/src/control.spec.ts', text).length > 0);
  return [
    ...blind.map(([name]) => `${name} is not reported`),
    ...strict.map(([name]) => `${name} is reported`),
  ];
}
