import { formatLane } from '../../core/lane.ts';
import { shortDigest } from '../../core/release.ts';
import type { DoctorFacts, LaneSeen } from './doctor-facts.ts';
import { good, missing, unsure, type Finding } from './finding.ts';

/** The lanes of the config: their tags in the registry, whether the ledger knows what serves, and their probes. */
export function laneFindings({ config, lanes }: Pick<DoctorFacts, 'config' | 'lanes'>): Finding[] {
  if (config.kind !== 'read') return [];
  if (lanes.length === 0) {
    const message =
      'No environment of the config has a tag in a repository of a model, so nothing can be promoted.';
    return [missing('lanes', message, 'Add environments.NAME.tag and models.NAME.image.')];
  }
  return lanes.flatMap((lane) => [tagFinding(lane), ...probeFindings(lane)]);
}

function tagFinding({ lane, policy, tag, hasRelease }: LaneSeen): Finding {
  const name = formatLane(lane);
  const place = `${policy.image}:${policy.tag}`;
  if (!tag.known)
    return unsure(
      'registry',
      `${name}: ${place} could not be asked for: ${tag.why}`,
      'See that this machine reaches the registry, with credentials in Docker’s configuration (docker login).',
    );
  if (tag.value === undefined)
    return good('registry', `${name}: ${place} is not there yet; the first promotion makes it.`);
  const digest = shortDigest(tag.value);
  if (!hasRelease.known) return good('registry', `${name}: ${place} is ${digest}.`);
  if (hasRelease.value)
    return good('registry', `${name}: ${place} is ${digest}, and the ledger has its history.`);
  const settle = `Take it over as it is: known-good adopt ${name} --reason "in service before Known Good"`;
  return missing('not-adopted', `${name}: ${place} is ${digest}, which the ledger knows nothing of.`, settle);
}

function probeFindings({ lane, policy, silent }: LaneSeen): Finding[] {
  const name = formatLane(lane);
  if (policy.probes.length === 0) {
    const message = `${name} has no probes, so nothing is ever proved good there, and a rollback finds nothing to go to.`;
    return [missing('no-probes', message, `Add environments.${lane.environment}.verify.`)];
  }
  if (silent.length === 0) return [good('probes', `${name}: the addresses of its probes answer.`)];
  const message = `${name}: nothing answers at ${silent.join(', ')}, asked from here.`;
  return [unsure('probes', message, 'See that the server runs; from another network it may answer.')];
}
