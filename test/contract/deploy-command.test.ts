import { chmod, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { RunningCommands } from '../../src/adapters/deploy/running-commands.ts';
import { deployScene, HANG, isAlive, NODE, numbered, pidOf, request } from '../support/deploy-scene.ts';

const OUTPUT = 'what it printed is on the terminal or in the log of that run, and not in the ledger.';

describe('a deploy command', () => {
  it('gets the fixed inputs and our variables, and no others', async () => {
    const { deploy, lines } = await deployScene({ GITHUB_TOKEN: 'unsaid', KG_SEQ: '1', NOTHING: undefined });
    const print =
      'for (const [k, v] of Object.entries(process.env)) if (/^(KG_|NOTHING)/.test(k)) console.log(k + "=" + v); console.log(process.env.GITHUB_TOKEN.length)';
    expect(await deploy(print)).toEqual({ kind: 'deployed' });
    expect(lines.toSorted()).toEqual([
      '6',
      `KG_DIGEST=${request.digest}`,
      'KG_ENVIRONMENT=production',
      'KG_IMAGE=ghcr.io/acme/bank',
      'KG_MODEL=bank',
      'KG_OPERATION=operation-7',
      'KG_SEQ=7',
      `KG_SHA=${'c'.repeat(40)}`,
      'KG_VERSION=1.8.0',
    ]);
  });

  it('gets no commit where the release names none', async () => {
    const { deploy, lines } = await deployScene({ KG_SHA: 'of somebody else' });
    await deploy('console.log("KG_SHA" in process.env)', { ...request, sha: undefined });
    expect(lines).toEqual(['false']);
  });

  it('gets its arguments as they are, without a shell', async () => {
    const { deploy, lines, folder } = await deployScene();
    const odd = ['$HOME', '; touch here', '*', '`id`', 'a b', ''];
    await deploy([NODE, '-e', 'console.log(JSON.stringify(process.argv.slice(1)), process.cwd())', ...odd]);
    expect(lines).toEqual([`${JSON.stringify(odd)} ${folder}`]);
  });

  it('fails with its exit code and where its output is, and never with the output', async () => {
    const { deploy, lines, notices } = await deployScene();
    const result = await deploy(
      'console.log("kept: sesame-out"); console.error("login with sesame-err failed"); process.exit(3)',
    );
    expect(result).toEqual({
      kind: 'failed',
      message: `The deploy command ${JSON.stringify(NODE)} exited with 3; ${OUTPUT}`,
    });
    expect(lines.toSorted()).toEqual(['kept: sesame-out', 'login with sesame-err failed']);
    expect(notices).toEqual([]);
  });

  it('shows its output to people without secrets and control characters', async () => {
    const { deploy, lines } = await deployScene({ API_TOKEN: 'abc123def', GIT_AUTHOR_NAME: 'rollout' });
    await deploy('console.error("\\u001b[31mno rollout:\\u001b[0m token " + process.env.API_TOKEN)');
    expect(lines).toEqual(['\\u001b[31mno rollout:\\u001b[0m token ***']);
  });

  it('says its last lines where nobody sees its progress, and only when it failed', async () => {
    const { deploy, notices } = await deployScene({}, undefined, { quiet: true });
    const talk = 'for (let i = 1; i <= 50; i++) console.error("line " + i);';
    await deploy(talk);
    expect(notices).toEqual([]);
    await deploy(`${talk} process.exit(1)`, numbered(8));
    expect(notices).toHaveLength(20);
    expect(notices.at(-1)).toBe('line 50');
  });

  it.each([
    ['process.kill(process.pid, "SIGKILL")', 'was ended by SIGKILL;'],
    ['process.exit(1)', 'exited with 1;'],
  ])('%s: %s', async (script, sentence) => {
    const { message } = await (await deployScene()).deploy(script);
    expect(message).toBe(`The deploy command ${JSON.stringify(NODE)} ${sentence} ${OUTPUT}`);
  });

  it('says when there is no such program, or none that may be run', async () => {
    const { deploy, folder } = await deployScene();
    await writeFile(join(folder, 'plain.sh'), '#!/bin/sh\nexit 0\n');
    const messages = [];
    for (const program of ['./nothing-here', './plain.sh', 'a\0b'])
      messages.push((await deploy([program])).message);
    expect(messages).toEqual([
      'The deploy command "./nothing-here" was not found (ENOENT). Install it, or correct deploy.command in the config.',
      'The deploy command "./plain.sh" may not be executed (EACCES). Make it an executable file.',
      'The deploy command "a\\u0000b" could not be started (ERR_INVALID_ARG_VALUE). Correct deploy.command in the config.',
    ]);
    await chmod(join(folder, 'plain.sh'), 0o755);
    expect(await deploy(['./plain.sh'])).toEqual({ kind: 'deployed' });
  });

  it('is stopped with all that it started when its time is over', async () => {
    const { deploy, said, lines } = await deployScene();
    const stubborn = `process.on("SIGTERM", () => {}); ${HANG}`;
    const parent = `require("child_process").spawn(process.execPath, ["-e", ${JSON.stringify(stubborn)}], { stdio: "inherit" }); setInterval(() => {}, 1000); console.error("waiting")`;
    const result = deploy(parent, request, 1500);
    const pid = pidOf(await said('pid '));
    expect(await result).toEqual({
      kind: 'failed',
      message: `The deploy command ${JSON.stringify(NODE)} did not end within 1.5s and was stopped; ${OUTPUT}`,
    });
    expect(isAlive(pid)).toBe(false);
    expect(lines).toContain('waiting');
  });

  it('may leave a server behind', async () => {
    const { deploy, said } = await deployScene();
    const server = `require("child_process").spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"], { stdio: "inherit" }).unref()`;
    const parent = `const child = ${server.replace('.unref()', '')}; child.unref(); console.log("pid " + child.pid)`;
    const result = deploy(parent);
    const pid = pidOf(await said('pid '));
    onTestFinished(() => void process.kill(pid, 'SIGKILL'));
    expect(await result).toEqual({ kind: 'deployed' });
    expect(isAlive(pid)).toBe(true);
    expect(await deploy('', numbered(8))).toEqual({ kind: 'deployed' });
    expect(isAlive(pid)).toBe(true);
  });

  it('cannot command the runner, nor flood it', async () => {
    const { deploy, lines } = await deployScene();
    await deploy(
      'console.log("::set-output name=a::b\\n  ::error::x\\nsee ##[add-mask]e\\n\\u202eok\\r50 %\\r\\n\\n"); for (let i = 0; i < 3000; i++) console.log(i)',
    );
    expect(lines.slice(0, 5)).toEqual([
      ': :set-output name=a::b',
      '  : :error::x',
      'see # #[add-mask]e',
      '\\u202eok',
      '50 %',
    ]);
    expect(lines).toHaveLength(2001);
    expect(lines.at(-1)).toBe('More than 2000 lines; the rest is not shown.');
  });
});

describe('a deploy command when its process is to end', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)('gets %s, and its end is not taken for a failure', async (name) => {
    const running = new RunningCommands();
    const { deploy, said } = await deployScene({}, undefined, { running });
    let answered = false;
    void deploy(`process.on("${name}", () => { console.log("got it"); process.exit(1); }); ${HANG}`).then(
      () => (answered = true),
    );
    const pid = pidOf(await said('pid '));
    expect(running.count).toBe(1);
    await running.stop(name, 60_000);
    await said('got it');
    expect(isAlive(pid)).toBe(false);
    // Whatever is still to come of that command comes before the next one has run.
    await (await deployScene()).deploy('');
    expect(answered).toBe(false);
  });

  it('is killed where it does not end', async () => {
    const running = new RunningCommands();
    const { deploy, said } = await deployScene({}, undefined, { running });
    void deploy(`process.on("SIGTERM", () => {}); ${HANG}`);
    const pid = pidOf(await said('pid '));
    await running.stop('SIGTERM', 50);
    expect(isAlive(pid)).toBe(false);
  });

  it('is not counted any more once it has ended', async () => {
    const running = new RunningCommands();
    const { deploy } = await deployScene({}, undefined, { running });
    expect(await deploy('')).toEqual({ kind: 'deployed' });
    expect(running.count).toBe(0);
  });
});
