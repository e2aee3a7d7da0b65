import type { DoctorFacts } from './doctor-facts.ts';

/** Why a token was not sent to the host of a remote (a clause), and what to set where it should be (a sentence). */
export function withheldToken({ host, owner, name }: NonNullable<DoctorFacts['remote']>): {
  why: string;
  settle: string;
} {
  return {
    why: `origin is at ${host}, and no variable names that host, so the token was not sent there`,
    settle: `If that is your GitHub, set GITHUB_SERVER_URL=https://${host}; if it is github.com by another name, set GITHUB_REPOSITORY=${owner}/${name}.`,
  };
}
