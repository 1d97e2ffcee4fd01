import { crowdOf, openStage } from '../../rig/stage';
import { serviceNames } from '../../rig/staged-services';
import { randomFrom } from '../../rig/random';
import { soak } from '../../rig/trials/soak';

it('Many people at once, with faults among their acts: every acknowledged change exists once, under the right name', async () => {
  const crowd = crowdOf(10);
  const stage = await openStage({ load: () => import('../../src'), crowd, services: serviceNames, faulty: true });
  try {
    const stages = serviceNames.map((name) => stage.at(name));
    const result = await soak(stages, crowd, { actions: 600, random: randomFrom(7) });
    expect(result.problems).toEqual([]);
    expect(result.faults).toBeGreaterThan(0);
    expect(result.acknowledged).toBeGreaterThan(10);
    expect(result.decisions).toBeGreaterThan(4);
    expect(Object.keys(result.services)).toEqual(serviceNames);
  } finally {
    await stage.close();
  }
});
