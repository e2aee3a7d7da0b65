import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createModels } from '../adapters/onnx/create-models.ts';
import { parseDigest } from '../core/digest.ts';
import { parseManifest } from '../core/oci-manifest.ts';
import type { ModelSession, Models } from '../core/ports.ts';
import type { Registry } from '../core/registry.ts';

const MOST_BYTES = 64 * 2 ** 20;
const LIMITS = {
  fileBytes: MOST_BYTES,
  nodes: 10_000,
  depth: 16,
  tensorElements: 2 ** 28,
  domains: ['', 'ai.onnx.ml'],
};

/** What serves in one environment. */
interface Served {
  version: string;
  digest: string;
  session: ModelSession;
}

/** A small model server with a place for each environment: it pulls a digest from the registry and answers predictions with it. */
export class ModelServer {
  port = 0;
  /** Versions whose feature store is down: they answer 503. */
  readonly broken = new Set<string>();
  private readonly served = new Map<string, Served>();
  private readonly models: Models;
  private readonly registry: () => Registry;
  private readonly features: readonly string[];
  private readonly server: Server;

  constructor({
    childScript,
    registry,
    features,
  }: {
    childScript: string;
    registry: () => Registry;
    features: readonly string[];
  }) {
    this.models = createModels({ childScript });
    this.registry = registry;
    this.features = features;
    this.server = createServer((request, response) => {
      this.answer(request).then(
        ([status, body]) =>
          response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body)),
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
    });
  }

  /** Listens on a free port of 127.0.0.1. */
  async listen(): Promise<void> {
    await new Promise<void>((done) => this.server.listen(0, '127.0.0.1', done));
    const address = this.server.address();
    this.port = typeof address === 'object' && address !== null ? address.port : 0;
  }

  async close(): Promise<void> {
    for (const { session } of this.served.values()) await session.close();
    this.server.closeAllConnections();
    await new Promise((done) => this.server.close(done));
  }

  private async answer(request: IncomingMessage): Promise<[status: number, body: unknown]> {
    const [, environment = '', what] = (request.url ?? '').split('/');
    if (what === 'deploy') return this.deploy(environment, await bodyOf(request));
    const served = this.served.get(environment);
    if (served === undefined) return [503, { error: 'no model is deployed' }];
    if (this.broken.has(served.version)) return [503, { error: 'the feature store does not answer' }];
    const { version, digest } = served;
    return what === 'predict'
      ? predict(served, this.features, await bodyOf(request))
      : [200, { version, digest }];
  }

  private async deploy(
    environment: string,
    { digest, version }: Record<string, unknown>,
  ): Promise<[number, unknown]> {
    const before = this.served.get(environment);
    const session = await this.load(String(digest));
    this.served.set(environment, { version: String(version), digest: String(digest), session });
    await before?.session.close();
    return [200, {}];
  }

  /** Pulls the model's layer by digest, and opens exactly these bytes. */
  private async load(digest: string): Promise<ModelSession> {
    const registry = this.registry();
    const manifest = await registry.manifest(parseDigest(digest));
    if (manifest === undefined) throw new Error(`${digest} is not in the registry`);
    const parsed = parseManifest(manifest.bytes, digest);
    const layers = parsed.kind === 'image' ? parsed.layers : [];
    const layer = layers.find(({ annotations }) => annotations?.['org.cncf.model.filepath'] === 'model.onnx');
    const bytes = layer === undefined ? undefined : await registry.blob(layer.digest, MOST_BYTES);
    if (bytes === undefined) throw new Error(`${digest} carries no model.onnx`);
    const folder = await mkdtemp(join(tmpdir(), 'known-good-demo-'));
    try {
      await writeFile(join(folder, 'model.onnx'), bytes);
      const file = await this.models.read(join(folder, 'model.onnx'), LIMITS);
      return await file.open({ timeoutMs: 20_000, memoryBytes: 2 ** 30 });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
}

async function predict(
  { session }: Served,
  features: readonly string[],
  body: Record<string, unknown>,
): Promise<[number, unknown]> {
  const row = features.map((name) => body[name]);
  const wrong = features.find((_, i) => typeof row[i] !== 'number');
  if (wrong !== undefined) return [422, { error: `${wrong} is not a number` }];
  const name = session.signature.inputs[0]?.name ?? '';
  const data = Float32Array.from(row as number[]);
  const outputs = await session.run({ [name]: { type: 'float32', dims: [1, data.length], data } });
  return [200, { score: outputs['probabilities']?.data[1] }];
}

async function bodyOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return JSON.parse(Buffer.concat(chunks).toString('utf8') || '{}') as Record<string, unknown>;
}
