/** The process, as far as the demo uses it. */
export interface DemoHost {
  env: Readonly<Record<string, string | undefined>>;
  stdout: { write(text: string): unknown };
  cwd(): string;
  chdir(path: string): void;
}
