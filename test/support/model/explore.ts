import type { Choice, Run } from './schedule.ts';

/** What there is to explore: how a run begins, how often actors may die, and what must hold whenever all have ended. */
export interface Scenario {
  begin(): Promise<Run>;
  deaths: number;
  check(run: Run): Promise<void>;
}

/** What was seen of a scenario. */
export interface Explored {
  states: number;
  ends: number;
}

/**
 * Every interleaving of a scenario's actors, with a death before and after every effect: depth first, a state that was
 * seen before is not entered again. A failure is thrown with its schedule.
 */
export async function explore({ begin, deaths, check }: Scenario): Promise<Explored> {
  const seen = new Set<string>();
  const open: Choice[][] = [[]];
  let ends = 0;
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    const run = await begin();
    let died = 0;
    const take = async (choice: Choice) => {
      if (choice.dies !== undefined) died++;
      await run.take(choice);
    };
    for (const choice of path) await take(choice);
    for (;;) {
      const key = `${died}${run.key()}`;
      if (seen.has(key)) break;
      seen.add(key);
      if (process.env['KG_DEBUG'] !== undefined && seen.size % 5000 === 0)
        console.log(seen.size, open.length, run.log.length, run.log.slice(-60).join('\n'));
      const [first, ...others] = choices(run, died < deaths);
      if (first === undefined) {
        ends++;
        await checked(run, check);
        break;
      }
      for (const other of others) open.push([...path, other]);
      path.push(first);
      await take(first);
    }
  }
  return { states: seen.size, ends };
}

/** Time passes only when everybody waits for it. */
function choices(run: Run, mayDie: boolean): Choice[] {
  const all = run.actors.flatMap(({ pending }, actor) =>
    pending.flatMap(({ name, effect }, operation) => {
      const done: Choice = { actor, operation, fate: 'done' };
      const ends: Choice[] =
        effect && mayDie
          ? [
              { ...done, dies: 'before' },
              { ...done, dies: 'after' },
            ]
          : [];
      return [done, ...ends].map((choice) => ({ choice, sleeps: name.startsWith('sleep') }));
    }),
  );
  const awake = all.filter(({ sleeps }) => !sleeps);
  return (awake.length > 0 ? awake : all).map(({ choice }) => choice);
}

/** Runs a check, and adds the schedule to what it says. */
export async function checked(run: Run, check: (run: Run) => Promise<void>): Promise<void> {
  const schedule = run.log.join('\n');
  try {
    await check(run);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new Error(
      `${message}\n\nSchedule:\n${schedule}\n-- then\n${run.log.slice(schedule.split('\n').length).join('\n')}`,
      { cause: error },
    );
  }
}
