import { attribution, chooseActor } from '../../src/domain/attribution';

const modern = { userTokens: true };
const old = { userTokens: false };

describe('Attribution', () => {
  it.each([
    // required, capabilities, has a token -> state
    [false, modern, false, 'integration'],
    [false, modern, true, 'person'],
    [true, modern, false, 'setup-required'],
    [true, modern, true, 'person'],
    [false, old, false, 'integration'],
    [false, old, true, 'integration'],
    [true, old, false, 'unsupported'],
    [true, old, true, 'unsupported'],
  ] as const)('with required %s, %p and a token %s is %s', (required, capabilities, hasToken, state) => {
    expect(attribution({ required, capabilities, hasToken })).toBe(state);
  });

  it('changes to the integration account by an explicit choice only where no token is required', () => {
    for (const capabilities of [modern, old]) {
      for (const hasToken of [true, false]) {
        expect(chooseActor({ required: false, capabilities, hasToken }, 'integration')).toBe('integration');
        const free = { required: false, capabilities, hasToken };
        expect(chooseActor(free, undefined)).toBe(attribution(free));
        const required = { required: true, capabilities, hasToken };
        expect(chooseActor(required, 'integration')).toBe(attribution(required));
        expect(chooseActor(required, undefined)).toBe(attribution(required));
      }
    }
  });
});
