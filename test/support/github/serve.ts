// Serves the fake GitHub to other processes, until it is ended:
//   node .config/run.mjs test/support/github/serve.ts --port 0 --repository acme/models --folder DIR --state FILE --on-dispatch COMMAND
// Prints one line of JSON: its addresses and a token of `github-actions[bot]`. What else it can do is in back-door.ts.
import { serveGitHub } from './serve-github.ts';

await serveGitHub(process.argv.slice(2));
