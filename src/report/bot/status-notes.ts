import { formatLane } from '../../core/lane.ts';
import { nameRelease, shortDigest } from '../../core/release.ts';
import { verdictText } from '../../ledger/failing-verdict.ts';
import type { LaneStatus } from '../../promotion/lane-status.ts';
import { code, strong, text, type Block, type Inline } from '../document.ts';
import { formatMoment } from '../release/format-time.ts';
import { commentCommand } from './comment-command.ts';
import { sentenceInlines } from './sentence-inlines.ts';

/** What a person should know of the lanes beside their rows, lane by lane; nothing where all is as it should be. */
export function statusNotes(statuses: readonly LaneStatus[]): Block[] {
  const items = statuses.flatMap((status) =>
    notesOf(status).map((note): Inline[] => [strong(formatLane(status.lane)), text(' '), ...note]),
  );
  const held = quarantineNotes(statuses);
  const all = [...items, ...held];
  return all.length === 0 ? [] : [{ kind: 'list', items: all }];
}

function notesOf(status: LaneStatus): Inline[][] {
  const { tag, health, open, lock, despite, noRollback, current, notes } = status;
  const said: Inline[][] = [];
  if (tag.message !== undefined) said.push([...sentenceInlines(tag.message), ...typed(tag.settle)]);
  if (health?.kind === 'trouble') {
    const { phase, message, at } = health.trouble;
    const what = phase === 'deploy' ? 'was not deployed' : 'did not look well';
    said.push([
      text(`${what} at ${formatMoment(at)} UTC: ${message}`),
      ...typed([`rollback ${formatLane(status.lane)}`]),
    ]);
  }
  if (open !== undefined) {
    const what = `${open.action} to ${nameRelease(open.release)} since ${formatMoment(open.at)} UTC by `;
    said.push([text(what), code(open.actor), text(tag.kind === 'busy' ? ', under way' : ', cut off')]);
  }
  if (lock !== undefined)
    said.push([
      text(`is locked since ${formatMoment(lock.at)} UTC by `),
      code(lock.actor),
      text(`: “${lock.reason}”`),
    ]);
  if (despite !== undefined) said.push([text(`${verdictText(despite)}; it was adopted all the same.`)]);
  if (noRollback !== undefined && current !== undefined)
    said.push([text('has no way back: '), ...sentenceInlines(noRollback.message)]);
  for (const note of notes) said.push(sentenceInlines(note));
  return said;
}

function typed(commands: readonly string[]): Inline[] {
  return commands.flatMap((command, i) => [
    text(i === 0 ? ' Comment: ' : ' or '),
    code(commentCommand(command)),
  ]);
}

/** A quarantine is the model's, and is told once. */
function quarantineNotes(statuses: readonly LaneStatus[]): Inline[][] {
  const models = new Map(statuses.map(({ lane, quarantine }) => [lane.model, quarantine]));
  return [...models].flatMap(([model, quarantine]) =>
    quarantine.map(({ version, digest, environment, actor, at, reason }): Inline[] => {
      const name = version === undefined ? shortDigest(digest) : nameRelease({ version, digest });
      const why = reason === undefined ? '' : `: “${reason}”`;
      return [
        strong(model),
        text(` ${name} is quarantined: left in ${environment} at ${formatMoment(at)} UTC by `),
        code(actor),
        text(why),
      ];
    }),
  );
}
