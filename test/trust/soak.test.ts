import { crowdOf, openStage } from '../support/stage';
import { randomFrom, soak } from './soak';

jest.setTimeout(180_000);

it('Many people at once, with faults among what they do: what was acknowledged is there once, under the right name', async () => {
  const crowd = crowdOf(10);
  const stage = await openStage({ load: () => import('../../src'), crowd, faulty: true });
  try {
    const result = await soak(stage, crowd, { actions: 150, random: randomFrom(7) });
    expect(result.problems).toEqual([]);
    expect(result.faults).toBeGreaterThan(2);
    expect(result.acknowledged).toBeGreaterThan(15);
  } finally {
    await stage.close();
  }
});
