import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/**
 * Small stand-ins for actions that need GitHub itself: artifacts are folders under `$KG_STAND_IN_ARTIFACTS`. `actions/checkout` has none: act copies
 * the repository in its place.
 */
const STAND_INS: Readonly<Record<string, { inputs: readonly string[]; run: string }>> = {
  'actions/upload-artifact': {
    inputs: ['name', 'path', 'if-no-files-found', 'retention-days', 'overwrite'],
    run: `echo "STAND-IN for actions/upload-artifact: $NAME"
mkdir -p "$KG_STAND_IN_ARTIFACTS/$NAME" && cp -R "$FROM/." "$KG_STAND_IN_ARTIFACTS/$NAME/"`,
  },
  'actions/download-artifact': {
    inputs: ['name', 'path'],
    run: `echo "STAND-IN for actions/download-artifact: $NAME"
mkdir -p "$FROM" && cp -R "$KG_STAND_IN_ARTIFACTS/$NAME/." "$FROM/"`,
  },
};

/** Writes the stand-ins into a folder; `owner/name` to folder. */
export async function writeStandIns(folder: string): Promise<Record<string, string>> {
  const places: Record<string, string> = {};
  for (const [name, { inputs, run }] of Object.entries(STAND_INS)) {
    const place = join(folder, name);
    await mkdir(place, { recursive: true });
    const action = {
      name: `${name} (stand-in)`,
      description: 'A stand-in for tests without GitHub.',
      inputs: Object.fromEntries(inputs.map((input) => [input, { description: input, required: false }])),
      runs: {
        using: 'composite',
        steps: [{ shell: 'bash', env: { NAME: '${{ inputs.name }}', FROM: '${{ inputs.path }}' }, run }],
      },
    };
    await writeFile(join(place, 'action.yml'), JSON.stringify(action));
    places[name] = place;
  }
  return places;
}
