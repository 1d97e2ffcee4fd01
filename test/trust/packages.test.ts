import { allowed, scriptsSwitchedOff, shippedPackages } from '../../tools/licences';

describe('The packages that ship', () => {
  const packages = shippedPackages();

  it('have a licence that is on the list', () => {
    expect(packages.length).toBeGreaterThan(100);
    expect(packages.filter(({ licence }) => !allowed.includes(licence))).toEqual([]);
  });

  it('run no script when they are installed', () => {
    const off = scriptsSwitchedOff();
    expect(packages.filter(({ name, installScript }) => installScript && !off.has(name))).toEqual([]);
  });
});
