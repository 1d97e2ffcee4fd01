import { scriptsSwitchedOff, shippedPackages } from '../../tools/shipped-packages';

describe('The packages that ship', () => {
  const packages = shippedPackages();

  it('run no script when they are installed', () => {
    expect(packages.length).toBeGreaterThan(100);
    const off = scriptsSwitchedOff();
    expect(packages.filter(({ name, installScript }) => installScript && !off.has(name))).toEqual([]);
  });
});
