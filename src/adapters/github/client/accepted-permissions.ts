/** Keys of a workflow's `permissions:`, as GitHub's header spells them. */
const GRANTABLE: readonly string[] = [
  'actions',
  'attestations',
  'checks',
  'contents',
  'deployments',
  'discussions',
  'issues',
  'packages',
  'pages',
  'pull_requests',
  'security_events',
  'statuses',
];

/**
 * The permissions that would have been enough, as one writes them in a workflow: `issues: write or pull-requests: write`. `undefined` where the
 * header `x-accepted-github-permissions` is absent or unreadable, or where a workflow's token cannot be given them. In the header `;`
 * separates alternatives, and `,` what is needed together. Source: docs.github.com, "Troubleshooting the REST API".
 */
export function acceptedPermissions(header: string | null): string | undefined {
  const alternatives = (header ?? '').split(';').map(together);
  const readable = alternatives.filter((each) => each !== undefined && each !== '');
  return readable.length === 0 ? undefined : [...new Set(readable)].join(' or ');
}

/** What is needed together; empty for what every token may, `undefined` for what a workflow's token may never. */
function together(part: string): string | undefined {
  const needs = part.split(',').map((need) => /^\s*([a-z_]{1,40})=(read|write)\s*$/.exec(need));
  const named = needs.map((need) => ({ key: need?.[1] ?? '', level: need?.[2] ?? '' }));
  const granted = named.filter(({ key }) => key !== 'metadata');
  if (granted.some(({ key }) => !GRANTABLE.includes(key))) return undefined;
  return granted.map(({ key, level }) => `${key.replaceAll('_', '-')}: ${level}`).join(' and ');
}
