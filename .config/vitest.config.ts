import { defineConfig } from 'vitest/config';

/** `unit` runs at every commit; `contract` and `acceptance` need the committed dist/ and start processes. */
const project = (name: string, include: string[], testTimeout: number) => ({
  extends: true as const,
  test: { name, include, testTimeout },
});

export default defineConfig({
  root: new URL('..', import.meta.url).pathname,
  test: {
    projects: [
      project('unit', ['test/unit/**/*.test.ts', 'test/architecture.test.ts'], 60_000),
      project('contract', ['test/contract/**/*.test.ts'], 120_000),
      project('acceptance', ['test/acceptance/**/*.test.ts', 'test/golden/**/*.test.ts'], 180_000),
      project('model', ['test/model/**/*.test.ts', 'test/killed/**/*.test.ts'], 1_800_000),
      project('act', ['test/act/**/*.test.ts'], 600_000),
      project('simulation', ['test/simulation/**/*.test.ts'], 600_000),
    ],
  },
});
