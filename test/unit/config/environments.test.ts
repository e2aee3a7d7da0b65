import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../../src/config/parse-config.ts';

const MODEL = 'task: regression, artifact: m, data: { test: { path: t.csv, label: y } }';

/** The problems of a config with one model that has an image, each without its place. */
function problems(environments: string, models = `bank: { ${MODEL}, image: ghcr.io/acme/bank }`): string[] {
  try {
    parseConfig(`version: 1\nmodels: { ${models} }\nenvironments:\n  ${environments}\n`, 'c.yml');
  } catch (error) {
    const lines = (error as Error).message.split('\n').slice(1);
    return lines.map((line) => line.replace(/^c\.yml:\d+:\d+ {2}/, ''));
  }
  return [];
}

const verify = (probe: string) => problems(`prod: { verify: [${probe}] }`);

const PROBED = "verify: [{ get: 'http://127.0.0.1/ready' }]";

describe('environments', () => {
  it.each([
    ['an environment for the gate alone', 'prod: {}'],
    ['names with capitals', 'Prod.EU_1: { tag: Prod }'],
    ['a chain', `a: { tag: a, ${PROBED} }\n  b: { tag: b, after: a, ${PROBED} }\n  c: { tag: c, after: b }`],
    ['two after one', `a: { tag: a, ${PROBED} }\n  b: { tag: b, after: a }\n  c: { tag: c, after: a }`],
    ['no evidence at all', 'prod: { tag: p, requires: [] }'],
    ['deploy: none', 'prod: { tag: p, deploy: none }'],
    ['anyone', 'prod: { tag: p, accept_hold: anyone }'],
    ['tags that only look like kept ones', 'a: { tag: prod }\n  b: { tag: prod-eu }\n  c: { tag: prod2 }'],
    ['a workflow', 'prod: { tag: p, deploy: { workflow: deploy.yml } }'],
    [
      'a workflow elsewhere',
      'prod: { tag: p, deploy: { workflow: Deploy prod.yaml, ref: release/1.x, timeout: 1h } }',
    ],
    ['approvals that count their own', 'prod: { tag: p, approvals: { count: 2, own: true } }'],
    ['approvals as a mapping', 'prod: { tag: p, approvals: { count: 0 } }'],
    [
      'every command in allow',
      'prod: { allow: { promote: [read, triage], rollback: [write, "@alice"], adopt: [admin], approve: ["@renovate[bot]"], verify: [maintain], lock: [], unlock: ["@a_b"], release: ["@a-b"], shadow: [write] } }',
    ],
    ['nothing in allow', 'prod: { allow: {} }'],
    ['the longest tag', `prod: { tag: ${'t'.repeat(120)} }`],
  ])('take %s', (_, environments) => expect(problems(environments)).toEqual([]));

  it.each([
    ['a-', 'begins and ends with a letter or digit'],
    ['a/b', 'begins and ends with a letter or digit'],
    ['x'.repeat(65), 'a name of 1 to 64'],
  ])('are not called %s', (name, allowed) => {
    expect(problems(`"${name}": {}`)[0]).toContain(allowed);
    const models = `"${name}": { ${MODEL} }`;
    expect(problems('prod: {}', models)[0]).toContain(allowed);
  });

  it('do not come after themselves', () => {
    expect(problems('a: { after: a }')).toEqual([
      'environments.a.after: a circle: "a" after "a", allowed: an order with a first environment',
    ]);
  });

  it('name a circle once for each environment in it, and only those', () => {
    const found = problems('a: { after: b }\n  b: { after: c }\n  c: { after: b }');
    expect(found.map((line) => line.slice(0, 21))).toEqual([
      'environments.b.after:',
      'environments.c.after:',
    ]);
  });

  it.each([
    ['tag: ""', 'environments.prod.tag: saw "", allowed: a tag of 1 to 120'],
    [`tag: ${'t'.repeat(121)}`, 'allowed: a tag of 1 to 120'],
    ['tag: -p', 'not beginning with "." or "-"'],
    [
      'tag: 1',
      'environments.prod.tag: saw 1, allowed: a tag such as prod, or a mapping of model name to tag',
    ],
    ['deploy: { command: [] }', 'a list of program and arguments'],
    ['deploy: { command: [""] }', 'a list of program and arguments'],
    ['deploy: { command: ./deploy.sh }', 'a list of program and arguments'],
    ['deploy: { command: [a], timeout: 0s }', 'a duration such as'],
    ['deploy: ./deploy.sh', 'saw "./deploy.sh", allowed: none, { command: […] } or { workflow: deploy.yml }'],
    ['deploy: {}', 'allowed:'],
    [
      'deploy: { workflow: .github/workflows/deploy.yml }',
      'prod.deploy.workflow: saw ".github/workflows/deploy.yml", allowed: the name of a file in .github/workflows, without its folder, such as deploy.yml',
    ],
    ['deploy: { workflow: deploy }', 'allowed: the name of a file in .github/workflows'],
    ['deploy: { workflow: 7 }', 'saw 7, allowed: the name of a file in .github/workflows'],
    ['deploy: { workflow: "a\\\\b.yml" }', 'allowed: the name of a file in .github/workflows'],
    ['deploy: { workflow: d.yml, ref: "a b" }', 'ref: saw "a b", allowed: a branch or tag such as main'],
    [
      'deploy: { workflow: d.yml, timout: 5m }',
      'timout: unknown key, allowed: workflow, ref, timeout; did you mean timeout?',
    ],
    ['deploy: { workflow: d.yml, timeout: 5 }', 'timeout: saw 5, allowed: a duration such as'],
    ['deploy: { command: [a], ref: main }', 'ref: unknown key, allowed: command, timeout'],
    ['verify: []', 'a list of 1 to 20 probes'],
    [`verify: [${Array(21).fill('{ get: "http://a" }').join(', ')}]`, 'a list of 1 to 20 probes'],
    ['accept_hold: []', 'a list of names'],
    ['approvals: 1.5', 'saw 1.5, allowed: a whole number from 0 to 10, or { count, own }'],
    ['approvals: two', 'allowed: a whole number from 0 to 10, or { count, own }'],
    ['approvals: { own: true }', 'approvals.count: saw nothing, allowed: a whole number from 0 to 10'],
    ['approvals: { count: 11 }', 'approvals.count: saw 11, allowed: a whole number from 0 to 10'],
    ['approvals: { count: 2, owm: true }', 'owm: unknown key, allowed: count, own; did you mean own?'],
    ['approvals: { count: 2, own: yes }', 'approvals.own: saw "yes", allowed: true or false'],
    ['allow: [write]', 'allow: saw ["write"], allowed: a mapping of promote, rollback, adopt'],
    [
      'allow: { rolback: [write] }',
      'allow.rolback: unknown key, allowed: promote, rollback, adopt, approve, verify, lock, unlock, release, shadow; did you mean rollback?',
    ],
    ['allow: { status: [read] }', 'allow.status: unknown key, allowed: promote'],
    [
      'allow: { rollback: write }',
      'saw "write", allowed: a list of roles and logins, such as [maintain, "@alice"]',
    ],
    [
      'allow: { rollback: [alice] }',
      'allow.rollback[0]: saw "alice", allowed: a role (read, triage, write, maintain, admin: it and the stronger ones) or a login in quotation marks, such as "@alice"; teams cannot be asked for',
    ],
    ['allow: { rollback: ["@acme/ml"] }', 'saw "@acme/ml", allowed: a role'],
    ['allow: { rollback: ["@"] }', 'saw "@", allowed: a role'],
    ['allow: { rollback: ["@a[bot]x"] }', 'saw "@a[bot]x", allowed: a role'],
    ['allow: { rollback: [Write] }', 'saw "Write", allowed: a role'],
    [`allow: { rollback: [${Array(51).fill('write').join(', ')}] }`, 'a list of at most 50 roles and logins'],
    ['evidence: 30d', 'a mapping of max_age, from'],
  ])('refuse %s', (keys, message) => expect(problems(`prod: { ${keys} }`).join('\n')).toContain(message));

  it('need an image to promote', () => {
    expect(problems('prod: { tag: prod }', `bank: { ${MODEL} }`)).toEqual([
      'environments.prod.tag: no model has an image, allowed: with models.NAME.image, the repository in which this tag moves',
    ]);
  });

  it('take models that are only gated beside those that are promoted', () => {
    const models = `bank: { ${MODEL}, image: ghcr.io/acme/bank }, bike: { ${MODEL} }`;
    expect(problems('prod: { tag: prod }', models)).toEqual([]);
  });
});

describe('tags of models that share an image', () => {
  const models = `bank: { ${MODEL}, image: acme/ml }, bike: { ${MODEL}, image: docker.io/acme/ml }`;

  it('differ', () => {
    expect(problems('prod: { tag: { bank: bank, bike: bike } }', models)).toEqual([]);
    expect(problems('prod: { tag: prod }', models)).toEqual([
      'environments.prod.tag: bank/prod and bike/prod would both move "docker.io/acme/ml:prod", allowed: a tag of its own for every lane of an image, such as tag: { MODEL: TAG, … }',
    ]);
  });

  it('are not those under which another lane keeps its releases, whichever comes first', () => {
    const clash =
      'saw "prod-12", a tag under which bank/prod keeps its releases (prod-NUMBER), allowed: a tag of its own for every lane of an image';
    expect(problems('prod: { tag: { bank: prod, bike: prod-12 } }', models)).toEqual([
      `environments.prod.tag.bike: ${clash}`,
    ]);
    expect(problems('a: { tag: { bike: prod-12 } }\n  prod: { tag: { bank: prod } }', models)).toEqual([
      `environments.a.tag.bike: ${clash}`,
    ]);
  });

  it('may be the same in images of their own', () => {
    const apart = `bank: { ${MODEL}, image: acme/bank }, bike: { ${MODEL}, image: acme/bike }`;
    expect(problems('prod: { tag: prod }', apart)).toEqual([]);
    expect(problems('prod: { tag: { bank: prod, bike: prod-1 } }', apart)).toEqual([]);
  });

  it('are not compared without bound', () => {
    const many = (count: number, entry: (i: number) => string) =>
      Array.from({ length: count }, (_, i) => entry(i));
    const bulk = many(200, (i) => `m${i}: { ${MODEL}, image: acme/m${i} }`).join(', ');
    const places = many(200, (i) => `e${i}: { tag: t }`).join('\n  ');
    expect(problems(places, bulk).at(-1)).toBe(
      'environments: models times environments, allowed: at most 10000',
    );
  });
});

describe('probes', () => {
  it.each([
    '{ get: "http://127.0.0.1:8080/ready" }',
    '{ get: "https://[::1]/" }',
    '{ get: "HTTPS://bank.example?a=b@c" }',
    '{ post: "http://a", body: { a: [1, null, "x"] } }',
    '{ post: "http://a", golden: { path: score, tolerance: 0 } }',
    '{ get: "http://a", json: { path: a, equals: null } }',
    '{ get: "http://a", json: { path: a, equals: 0.5, tolerance: 0.1 } }',
  ])('take %s', (probe) => expect(verify(probe)).toEqual([]));

  it.each([
    ['{}', 'saw neither get nor post'],
    ['{ name: x }', 'saw neither get nor post'],
    ['{ get: "http://a", post: "http://a" }', 'saw get and post'],
    ['{ get: "http://a", body: {} }', '[0].body: allowed: only with post'],
    ['{ get: "http://a", golden: { path: a, tolerance: 0 } }', '[0].golden: allowed: only with post'],
    ['{ post: "http://a", golden: { path: a, tolerance: 0 }, body: 1 }', 'golden or body, not both'],
    ['{ get: "http://a", json: { path: a } }', 'saw neither equals nor is'],
    ['{ get: "http://a", json: { path: a, equals: 1, is: sha } }', 'saw equals and is'],
    ['{ get: "http://a", json: { path: a, equals: x, tolerance: 1 } }', 'only with equals and a number'],
    ['{ get: "http://a", json: { path: a, is: sha, tolerance: 1 } }', 'only with equals and a number'],
    ['{ get: "http://a", json: { path: a, equals: .nan } }', 'a text, a number, true, false or null'],
    ['{ get: "http://a", json: { path: a, equals: 1, tolerance: -1 } }', 'a number, at least 0'],
    ['{ get: "http://a", status: 99 }', 'a whole number from 100 to 599'],
    ['{ get: "http://a", within: 5 }', 'a duration such as'],
    [`{ post: "http://a", body: "${'x'.repeat(10_001)}" }`, 'JSON of at most 10000 characters'],
    ['{ post: "http://a", body: { a: .inf } }', 'JSON of at most 10000 characters'],
    ['{ get: bank.example }', 'an http(s) address without user and password'],
    ['{ get: "file:///etc/passwd" }', 'an http(s) address without user and password'],
    ['{ get: "http://" }', 'an http(s) address without user and password'],
    ['{ get: "http://a:999999/" }', 'an http(s) address without user and password'],
    ['{ get: "http://a b/" }', 'an http(s) address without user and password'],
    ['{ get: "http://user@bank/" }', 'saw "http://***@bank/"'],
    ['{ get: "http://user:p@ss@bank/" }', 'saw "http://***@bank/"'],
    ['{ get: "http:\\\\user:secret@bank" }', 'an http(s) address without user and password'],
  ])('refuse %s', (probe, message) => {
    const found = verify(probe);
    expect(found).toHaveLength(1);
    expect(found[0]).toContain(message);
  });
});
