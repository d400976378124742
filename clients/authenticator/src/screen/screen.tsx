import type { ApprovalRequest } from '@portal/contract';
import { Box, Text } from 'ink';
import { clean, say } from '../messages.en.js';
import { chosenRequest, headingOf, secondsLeft, type ScreenState } from './state.js';

/** The full screen: who asks, from where, when, and how long there is to answer. */
export function Screen({ state, rows }: { readonly state: ScreenState; readonly rows: number }) {
  const chosen = chosenRequest(state);
  return (
    <Box flexDirection="column" height={rows} paddingX={1} overflow="hidden">
      <Box justifyContent="space-between" gap={2} flexShrink={0}>
        <Box flexShrink={0}><Text bold>{say('screen.title')}</Text></Box>
        <Text wrap="truncate">{state.accounts.map(clean).join(', ')}</Text>
      </Box>
      <Text> </Text>
      {chosen === undefined ? <Text>{say('screen.nothing')}</Text> : <Requests state={state} chosen={chosen} />}
      <Text> </Text>
      <Message state={state} />
      <Box flexGrow={1} />
      <Text dimColor wrap="truncate">{footer(state)}</Text>
    </Box>
  );
}

function Requests({ state, chosen }: { readonly state: ScreenState; readonly chosen: ApprovalRequest }) {
  const { requests, typed, now } = state;
  return (
    // What does not fit is cut off below: nothing is squeezed into anything else.
    <Box flexDirection="column" flexShrink={0}>
      <Text bold>{headingOf(state)}</Text>
      <Text> </Text>
      {requests.length > 1 && requests.map((one) => <Row key={one.request} one={one} isChosen={one === chosen} now={now} />)}
      {requests.length > 1 && <Text> </Text>}
      <Fact label={say('screen.who')} text={clean(chosen.username)} />
      <Fact label={say('screen.what')} text={say(`purpose.${chosen.purpose}`)} />
      <Fact label={say('screen.where')} text={say('screen.from', chosen)} />
      <Fact label={say('screen.when')} text={`${timeOf(chosen)} · ${leftOf(chosen, now)}`} />
      <Text> </Text>
      <Text>{say('screen.type')} <Text bold inverse>{` ${typed.padEnd(2, '_')} `}</Text></Text>
    </Box>
  );
}

function Row({ one, isChosen, now }: { readonly one: ApprovalRequest; readonly isChosen: boolean; readonly now: number }) {
  const text = `${isChosen ? '▸' : ' '} ${timeOf(one)}  ${clean(one.username)} ${say(`purpose.${one.purpose}`)}  ${clean(one.address)}  ${leftOf(one, now)}`;
  return <Text inverse={isChosen} wrap="truncate">{text}</Text>;
}

function Fact({ label, text }: { readonly label: string; readonly text: string }) {
  return <Text wrap="truncate">{`  ${label.padEnd(7)}${text}`}</Text>;
}

/** A sign besides the colour says that it is a problem. */
function Message({ state: { isBusy, said } }: { readonly state: ScreenState }) {
  if (isBusy) return <Text>{say('screen.waiting')}</Text>;
  if (said === undefined) return <Text> </Text>;
  return said.isError ? <Text color="red">{`! ${say(said.id, said.values)}`}</Text> : <Text color="green">{`✓ ${say(said.id)}`}</Text>;
}

function footer(state: ScreenState): string {
  const answers = ['screen.key.approve', 'screen.key.deny', 'screen.key.report'] as const;
  const open = chosenRequest(state) === undefined ? [] : answers.map((id) => say(id));
  const other = state.requests.length > 1 ? [say('screen.key.other')] : [];
  return [...open, ...other, say('screen.key.leave')].join('   ');
}

const leftOf = (request: ApprovalRequest, now: number): string =>
  say('screen.left', { seconds: String(secondsLeft(request, now)) });

/** By the clock of this machine. */
const timeOf = ({ requestedAt }: ApprovalRequest): string => new Date(requestedAt).toTimeString().slice(0, 8);
