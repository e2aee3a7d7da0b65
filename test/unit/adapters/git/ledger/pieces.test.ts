import { describe, expect, it } from 'vitest';
import { commitText } from '../../../../../src/adapters/git/ledger/commit-text.ts';
import { encodePack } from '../../../../../src/adapters/git/ledger/encode-pack.ts';
import { gitEnvironment } from '../../../../../src/adapters/git/ledger/git-environment.ts';
import { gitObject } from '../../../../../src/adapters/git/ledger/git-object.ts';
import { gitSentence } from '../../../../../src/adapters/git/ledger/git-sentence.ts';
import { encodeTree, listedName, parseTree } from '../../../../../src/adapters/git/ledger/git-tree.ts';
import { ObjectParser } from '../../../../../src/adapters/git/ledger/object-parser.ts';
import type { ObjectAnswer, ObjectFault } from '../../../../../src/adapters/git/ledger/object-parser.ts';
import { parsePush } from '../../../../../src/adapters/git/ledger/parse-push.ts';

const REF = 'refs/heads/known-good-ledger';

describe('what git push --porcelain says', () => {
  it.each([
    [` \tabc:${REF}\t1..2`, { kind: 'moved' }],
    [`*\tabc:${REF}\t[new branch]`, { kind: 'moved' }],
    [`=\tabc:${REF}\t[up to date]`, { kind: 'moved' }],
    [`!\tabc:${REF}\t[rejected] (stale info)`, { kind: 'behind' }],
    [`!\tabc:${REF}\t[rejected] (fetch first)`, { kind: 'behind' }],
    [`!\tabc:${REF}\t[remote rejected] (hook declined)`, { kind: 'refused', reason: 'hook declined' }],
    [`!\tabc:${REF}\t[remote rejected] (a (b))`, { kind: 'refused', reason: 'a (b)' }],
    [`!\tabc:${REF}\t[remote failure] (remote failed to report status)`, { kind: 'none' }],
    [`-\t:${REF}\t[deleted]`, { kind: 'none' }],
    [` \tabc:${REF}-other\t1..2`, { kind: 'none' }],
    ['', { kind: 'none' }],
  ])('%j', (line, answer) => {
    expect(parsePush(`To somewhere\n${line}\nDone\n`, REF)).toEqual(answer);
  });
});

describe('what a remote says, made safe to print', () => {
  it.each([
    [
      "fatal: unable to access 'https://u:pa:ss@h.example/r/': 403",
      "unable to access 'https://h.example/r/': 403",
    ],
    ['fatal: https://u:p/a@ss@h.example/r refused', 'https://h.example/r refused'],
    [
      'remote: \u001b[31merror: GH006:\u001b[0m Protected \u202ebranch\u0007',
      '[31merror: GH006: [0m Protected branch',
    ],
    ['error: failed to push some refs to https://u:p@h/r\nremote: declined', 'declined'],
    ['error: failed to push some refs', 'failed to push some refs'],
    ['hint: pull first\nTo https://h/r\nremote:  no\r\nremote: way', 'no way'],
    ['x AUTHORIZATION: basic c2VjcmV0 y', 'x AUTHORIZATION: … y'],
    ['get https://h/r?token=abc&b=1', 'get https://h/r?token=…&b=1'],
    ['bad ghp_0123456789abcdef and github_pat_11AA_22bb', 'bad … and …'],
    [
      'ssh: Could not resolve hostname h.example\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.',
      'ssh: Could not resolve hostname h.example',
    ],
    ['fatal: Could not read from remote repository.', 'Could not read from remote repository.'],
    ['', ''],
  ])('%j', (said, shown) => {
    expect(gitSentence(said)).toBe(shown);
  });

  it('is cut', () => {
    expect(gitSentence('x'.repeat(10_000))).toHaveLength(300);
  });
});

describe('the environment of git', () => {
  it('keeps what credentials need, and nothing that points elsewhere', () => {
    const ours = {
      HOME: '/h',
      SSH_AUTH_SOCK: '/s',
      https_proxy: 'p',
      GIT_SSH_COMMAND: 'ssh -i k',
      GIT_ASKPASS: '/a',
      GIT_CONFIG_COUNT: '1',
      GIT_CONFIG_KEY_0: 'http.extraHeader',
      GIT_CONFIG_VALUE_0: 'v',
      GIT_SSL_CAINFO: '/c',
    };
    const dropped = {
      GIT_DIR: 'x',
      GIT_WORK_TREE: 'x',
      GIT_INDEX_FILE: 'x',
      GIT_OBJECT_DIRECTORY: 'x',
      GIT_ALTERNATE_OBJECT_DIRECTORIES: 'x',
      GIT_NAMESPACE: 'x',
      GIT_TRACE: '1',
      GIT_QUARANTINE_PATH: 'x',
      GIT_AUTHOR_DATE: 'x',
      GIT_TERMINAL_PROMPT: '1',
      LC_ALL: 'de_DE.UTF-8',
    };
    const env = gitEnvironment({ ...ours, ...dropped });
    expect(env).toMatchObject(ours);
    expect(env).toMatchObject({ LC_ALL: 'C', GIT_TERMINAL_PROMPT: '0' });
    expect(Object.keys(env).filter((name) => name in dropped)).toEqual(['LC_ALL', 'GIT_TERMINAL_PROMPT']);
  });
});

describe('trees', () => {
  const id = 'ab'.repeat(20);
  const bytes = encodeTree([
    { mode: '40000', name: 'a', id },
    { mode: '100644', name: 'a.b', id },
    { mode: '100644', name: 'a0', id },
    { mode: '120000', name: '\xff\xfe', id },
  ]);

  it('are in the order of git, and keep names that are no UTF-8', () => {
    const entries = parseTree(Buffer.from(bytes), 20) ?? [];
    expect(entries.map((entry) => entry.name)).toEqual(['a.b', 'a', 'a0', '\xff\xfe']);
    expect(entries.map(listedName)).toEqual(['a.b', 'a/', 'a0', '\ufffd\ufffd']);
    expect(encodeTree(entries)).toEqual(bytes);
  });

  it('that are cut short are none', () => {
    const whole = Buffer.from(bytes);
    for (const length of [1, 5, 20, whole.length - 1])
      expect(parseTree(whole.subarray(0, length), 20)).toBeUndefined();
  });
});

/** The names are those that git gives: `git hash-object -t tree --stdin < /dev/null`, with either format. */
describe('names of objects', () => {
  it.each([
    ['sha1', '4b825dc642cb6eb9a060e54bf8d69288fbee4904'],
    ['sha256', '6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321'],
  ] as const)('%s', (format, id) => {
    expect(gitObject(format, 'tree', new Uint8Array()).id).toBe(id);
  });
});

describe('packs', () => {
  it.each([0, 15, 16, 2047, 2048, 300_000])('carry the length %i', (length) => {
    const pack = encodePack('sha1', [gitObject('sha1', 'blob', new Uint8Array(length))]);
    let [at, shift] = [13, 4];
    let size = (pack[12] ?? 0) & 15;
    for (let last = pack[12] ?? 0; last & 0x80; at++, shift += 7) {
      last = pack[at] ?? 0;
      size += (last & 0x7f) * 2 ** shift;
    }
    expect(size).toBe(length);
  });
});

describe('the text of a commit', () => {
  const commit = { tree: 't', parent: undefined, message: 'a\nb\u0000\u2028c', appendId: '1' };

  it('has one line of message, and never a time before 1970', () => {
    const text = Buffer.from(commitText({ ...commit, at: new Date(-5) })).toString('utf8');
    expect(text).toBe(
      'tree t\nauthor Known Good <known-good@localhost> 0 +0000\ncommitter Known Good <known-good@localhost> 0 +0000\n\na b c\n\nAppend-Id: 1\n',
    );
  });

  it('needs a time', () => {
    expect(() => commitText({ ...commit, at: new Date(Number.NaN) })).toThrow('The clock shows no time');
  });
});

describe('the output of git cat-file --batch', () => {
  function parse(text: string, chunk: number, limit = 100) {
    const [answers, faults]: [ObjectAnswer[], ObjectFault[]] = [[], []];
    const parser = new ObjectParser({
      limit: () => limit,
      answer: (answer) => answers.push(answer),
      fault: (fault) => faults.push(fault),
    });
    const bytes = Buffer.from(text);
    for (let at = 0; at < bytes.length; at += chunk) parser.push(bytes.subarray(at, at + chunk));
    return { answers: answers.map((answer) => answer?.bytes.toString('utf8')), faults };
  }

  const id = 'a'.repeat(40);
  const output = `${id} blob 3\né\n\nx missing\n${id} blob 0\n\n${id} tree 12\n${id.slice(0, 7)} \nb 3\n`;

  it.each([1, 2, 7, 1000])('is read in chunks of %i', (chunk) => {
    expect(parse(output, chunk)).toEqual({
      answers: ['é\n', undefined, '', `${id.slice(0, 7)} \nb 3`.slice(0, 12)],
      faults: [],
    });
  });

  it('is refused above the limit, before its bytes', () => {
    expect(parse(`${id} blob 101\n`, 1000).faults).toEqual([{ kind: 'too-large', bytes: 101 }]);
  });

  it.each(['garbage\n', `${id} blob -1\n`, 'x'.repeat(10_000)])(
    'is refused when it is something else',
    (text) => {
      expect(parse(text, 1000).faults[0]).toEqual({ kind: 'unreadable' });
    },
  );
});
