// Fails when the work tree is not clean: dist/ and the golden files must be committed as built.
import { execFileSync } from 'node:child_process';

const status = execFileSync('git', ['status', '--porcelain'], { encoding: 'utf8' });
if (status !== '') {
  process.stderr.write(`The tree is not clean; commit what the build made:\n${status}`);
  process.exit(1);
}
