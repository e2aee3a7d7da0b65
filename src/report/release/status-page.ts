import { formatLane } from '../../core/lane.ts';
import { nameRelease, shortDigest } from '../../core/release.ts';
import { verdictText } from '../../ledger/failing-verdict.ts';
import type { Health, LaneStatus } from '../../promotion/lane-status.ts';
import { formatMoment, formatSpan } from './format-time.ts';
import { commandLine, toPage, type PageLine, type PageOptions, type Tone } from './terminal-page.ts';

/** Lanes at a glance, a block each. `ledger` says where the ledger is. */
export function statusPage(
  statuses: readonly LaneStatus[],
  { ledger, ...options }: PageOptions & { ledger: string },
): string {
  const head = statuses.find((status) => status.head !== undefined)?.head;
  const where = head === undefined ? `${ledger} (nothing is in it yet)` : ledger;
  return toPage(
    [
      ...statuses.flatMap((status) => [...laneLines(status), { kind: 'blank' } as const]),
      ...(statuses.length === 0
        ? [{ kind: 'text', text: 'There is no lane: neither config nor ledger names one.' } as const]
        : []),
      { kind: 'field', label: 'ledger', text: where },
      ...(head === undefined ? [] : [{ kind: 'verbatim', label: '', text: head } as const]),
    ],
    options,
  );
}

/** One line a lane, for `--quiet`. */
export function statusLines(statuses: readonly LaneStatus[]): string {
  return statuses.map((status) => toPage([headOf(status)]).replace(/\n +/g, ' ')).join('');
}

function headOf(status: LaneStatus): PageLine {
  const text = `${formatLane(status.lane)}: ${headline(status)}`;
  return { kind: 'head', tone: toneOf(status), text };
}

function laneLines(status: LaneStatus): PageLine[] {
  return [
    headOf(status),
    ...currentLines(status),
    ...tagLines(status),
    ...openLines(status),
    ...guardLines(status),
    ...wayBackLines(status),
    ...status.notes.map((text): PageLine => ({ kind: 'field', label: 'note', text })),
  ];
}

function toneOf({ tag, health, open, despite }: LaneStatus): Tone {
  if (tag.kind === 'drift' || tag.kind === 'unreadable' || health?.kind === 'trouble') return 'bad';
  if (tag.kind === 'other-lane' || despite !== undefined) return 'unsure';
  if (tag.kind === 'not-adopted' || tag.kind === 'late-write' || tag.kind === 'cut-off') return 'unsure';
  if (open !== undefined) return 'wait';
  return health?.kind === 'healthy' ? 'good' : 'wait';
}

function headline({ current, tag, health, despite }: LaneStatus): string {
  if (tag.kind === 'drift') return `DRIFT. ${tag.message ?? ''}`;
  if (tag.kind === 'unreadable') {
    return current === undefined ? 'no release yet; the tag cannot be read' : 'the tag cannot be read';
  }
  if (current === undefined) return withoutRelease(tag);
  const proved =
    health === undefined
      ? ''
      : `, ${despite !== undefined && health.kind === 'healthy' ? 'serves well, but not known good' : shortHealth(health)}`;
  return `${nameRelease(current.release)}${proved}`;
}

function withoutRelease({ kind }: LaneStatus['tag']): string {
  if (kind === 'not-adopted') return 'was there before the ledger';
  if (kind === 'other-lane') return 'its tag is another lane’s';
  return kind === 'closed' ? 'closed' : 'no release yet';
}

function shortHealth(health: Health): string {
  switch (health.kind) {
    case 'healthy':
      return 'healthy: known good';
    case 'soaking':
      return health.overdue ? 'its soak begins again: the next look is overdue' : 'soaking';
    case 'not-looked':
      return 'not proved yet';
    case 'trouble':
      return health.trouble.kind === 'failed'
        ? 'does NOT serve well'
        : 'not proved: the last look told nothing';
    default:
      return health satisfies never;
  }
}

function currentLines({ current, health, despite }: LaneStatus): PageLine[] {
  if (current === undefined) return [];
  const { actor, action, movedAt, reason, unproved, acceptedHold } = current;
  const how = [
    `${action} by ${actor} at ${formatMoment(movedAt)} UTC`,
    ...(unproved === true ? ['unproved'] : []),
    ...(acceptedHold === true ? ['over a hold'] : []),
    ...(reason === undefined ? [] : [`“${reason}”`]),
  ];
  return [
    { kind: 'field', label: 'since', text: how.join(', ') },
    ...(health === undefined ? [] : healthLines(health)),
    ...(despite === undefined
      ? []
      : [
          {
            kind: 'field',
            label: 'verdict',
            text: `${verdictText(despite)}; it was adopted all the same, and does not count as known good`,
          } as const,
        ]),
  ];
}

function healthLines(health: Health): PageLine[] {
  switch (health.kind) {
    case 'healthy':
      return [{ kind: 'field', label: 'healthy', text: `since ${formatMoment(health.since)} UTC` }];
    case 'not-looked':
      return [
        { kind: 'field', label: 'soak', text: `0s of ${formatSpan(health.soakMs)}: nobody has looked yet` },
      ];
    case 'soaking': {
      const { servedMs, soakMs, looks, fewestLooks, due, overdue } = health;
      const next = overdue
        ? 'no look came in time, so the next one begins it again'
        : `next look due ${formatMoment(due)} UTC`;
      const done = `${formatSpan(servedMs)} of ${formatSpan(soakMs)}, ${looks} of at least ${fewestLooks} looks`;
      return [{ kind: 'field', label: 'soak', text: `${done}; ${next}` }];
    }
    case 'trouble': {
      const { phase, message, at } = health.trouble;
      const what = phase === 'deploy' ? 'not deployed' : 'last look';
      return [{ kind: 'field', label: 'trouble', text: `${what} at ${formatMoment(at)} UTC: ${message}` }];
    }
    default:
      return health satisfies never;
  }
}

function tagLines({ image, tag, current }: LaneStatus): PageLine[] {
  if (tag.kind === 'closed') {
    const text = tag.message ?? '';
    return [
      { kind: 'field', label: 'closed', text },
      ...tag.settle.map((command) => commandLine(command, 14)),
    ];
  }
  const found = tag.found === undefined ? 'nothing' : shortDigest(tag.found);
  const text = `${image ?? 'nobody says which'} → ${found}`;
  const said = current === undefined ? 'no release' : shortDigest(current.release.digest);
  const verdict =
    tag.kind === 'ok' ? ', as the ledger says' : tag.kind === 'drift' ? `; the ledger says ${said}` : '';
  const line = tag.kind === 'unreadable' ? `${image ?? ''} ${tag.message ?? ''}`.trim() : `${text}${verdict}`;
  const more = tag.kind === 'drift' || tag.kind === 'unreadable' ? undefined : tag.message;
  return [
    { kind: 'field', label: 'tag', text: line },
    ...(more === undefined ? [] : [{ kind: 'field', label: '', text: more } as const]),
    ...tag.settle.map((command) => commandLine(command, 14)),
  ];
}

function openLines({ open, tag }: LaneStatus): PageLine[] {
  if (open === undefined) return [];
  const where = open.run === undefined ? '' : `, ${open.run}`;
  const alive = tag.kind === 'busy' ? 'under way' : 'cut off';
  const text = `${open.action} to ${nameRelease(open.release)} by ${open.actor} since ${formatMoment(open.at)} UTC, ${alive}${where}`;
  return [{ kind: 'field', label: 'open', text }];
}

function guardLines({ lock, quarantine }: LaneStatus): PageLine[] {
  const lines: PageLine[] = [];
  if (lock !== undefined) {
    const text = `by ${lock.actor} since ${formatMoment(lock.at)} UTC: “${lock.reason}”`;
    lines.push({ kind: 'field', label: 'locked', text });
  }
  for (const { version, digest, environment, actor, at, reason } of quarantine) {
    const name = version === undefined ? shortDigest(digest) : nameRelease({ version, digest });
    const why = reason === undefined ? '' : `: “${reason}”`;
    const text = `${name}, left by ${actor} in ${environment} at ${formatMoment(at)} UTC${why}`;
    lines.push({ kind: 'field', label: 'quarantine', text });
  }
  return lines;
}

function wayBackLines({ current, rollbackTo, noRollback, passedOver }: LaneStatus): PageLine[] {
  if (current === undefined) return [];
  if (rollbackTo !== undefined) {
    const over = passedOver.filter(
      ({ rejected }) => rejected !== undefined && rejected.rule !== 'being-left',
    );
    const more =
      over.length === 0 ? '' : `, passing over ${over.map(({ release }) => release.version).join(', ')}`;
    return [{ kind: 'field', label: 'way back', text: `${nameRelease(rollbackTo)}${more}` }];
  }
  const none = 'none: no other release was proved healthy here';
  const text = noRollback?.code === 'no-known-good' ? none : (noRollback?.message ?? none);
  return [{ kind: 'field', label: 'way back', text }];
}
