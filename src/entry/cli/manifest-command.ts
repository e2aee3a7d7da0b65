import type { Command } from './run-cli.ts';
import { nodeFiles } from '../../adapters/files/node-files.ts';
import { draftManifest } from '../../app/draft-manifest.ts';
import { gitRepository } from '../../adapters/git/git-repository.ts';
import { KnownGoodError } from '../../core/errors.ts';
import { gatePorts } from '../gate-ports.ts';
import { onlyOne, parseFlags } from './parse-flags.ts';

const OPTIONS = { write: { type: 'boolean', default: false }, name: { type: 'string' } } as const;

/** `known-good manifest`. */
export const manifestCommand: Command = async (args, host) => {
  const { values, positionals } = parseFlags(args, OPTIONS);
  const path = onlyOne(positionals);
  if (path === undefined)
    throw new KnownGoodError(
      'usage',
      'Say for which model: known-good manifest MODEL.onnx|FOLDER [--write].',
    );
  const ports = { ...gatePorts(host.env, () => undefined), repository: gitRepository(host.cwd(), undefined) };
  const draft = await draftManifest(
    { path, ...(values.name === undefined ? {} : { name: values.name }) },
    ports,
  );
  if (!values.write) {
    host.stdout.write(draft.text);
    return 0;
  }
  await nodeFiles.write(draft.folder, { 'manifest.json': draft.text });
  host.stdout.write(
    `Wrote ${draft.folder}/manifest.json. Fill in what is marked TODO: ${draft.open.join(', ')}.\n`,
  );
  return 0;
};
