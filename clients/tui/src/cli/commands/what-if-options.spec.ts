import { describe, expect, it } from '@jest/globals';
import { MODERATION_CHOICES } from '@portal/contract';
import { en } from '../../platform/i18n/catalogue.js';
import { translator } from '../../platform/i18n/translate.js';
import { amendmentId, amendmentOf } from './amendment-id.js';
import { anchorsIn, anchorsText } from './anchors.js';
import { comparisonText } from './iamis-comparison.js';
import { METHODS, optionsIn } from './what-if-options.js';

const say = translator('en');

describe('what is compared', () => {
  it('knows the methods of the contract, in its order', () => {
    expect(METHODS).toEqual(MODERATION_CHOICES);
  });

  it('is every method that needs no more where none is named, and piecewise where anchors are given', () => {
    const methods = (options: Parameters<typeof optionsIn>[0]) => optionsIn(options).map(({ method }) => method);
    expect(methods({})).toEqual(MODERATION_CHOICES.filter(one => one !== 'piecewise'));
    expect(methods({ anchors: [[{ at: 10, difference: 2 }]] })).toEqual(MODERATION_CHOICES);
    expect(methods({ method: ['piecewise'] })).toEqual(['piecewise']);
  });

  it('is every method under every tolerance, with lambda for deming alone and anchors for piecewise alone', () => {
    const [few, more] = [[{ at: 10, difference: 2 }], [{ at: 10, difference: 2 }, { at: 40, difference: 0 }]];
    const options = { tolerance: [3, 4], lambda: ['1', '0.75'], anchors: [few, more] };
    expect(optionsIn({ ...options, method: ['ols'] })).toEqual([{ method: 'ols', tolerance: 3 }, { method: 'ols', tolerance: 4 }]);
    expect(optionsIn({ ...options, tolerance: [], method: ['deming', 'piecewise'] })).toEqual([
      { method: 'deming', lambda: '1' }, { method: 'deming', lambda: '0.75' },
      { method: 'piecewise', anchors: few }, { method: 'piecewise', anchors: more },
    ]);
    expect(optionsIn({ ...options, method: ['deming', 'accept'] })).toHaveLength(6);
  });

  it('is shown side by side, and without figures where it cannot be carried out', () => {
    const none = { moved: 0, of: 4, smallest: 0, largest: 0, mean: 0, residual: 0, largestResidual: 0, orderKept: true };
    const text = comparisonText(say, [
      {
        option: { method: 'ols' }, stage: 'adjusted', method: 'ols', a: '5', b: '1', rho: '1', flags: ['poor-fit'], tolerance: 3, unsuitable: null,
        moved: 3, of: 4, smallest: -1, largest: 5, mean: 2.3333333, residual: 0.5, largestResidual: 1, orderKept: true,
      },
      {
        option: { method: 'piecewise', anchors: [{ at: 10, difference: 2 }, { at: 40, difference: -1 }] }, stage: 'pending', method: null,
        a: null, b: null, rho: null, flags: [], tolerance: 3, unsuitable: 'too-few-pairs', ...none,
      },
    ]);
    const [, first, second] = text.split('\n');
    expect(first).toMatch(/^ols +3 +marks adjusted +3 of 4 +-1 +\+5 +\+2\.33 +0\.5 +1 +kept +poor fit$/);
    expect(second).toMatch(/^piecewise +3 +10:\+2,40:-1 +not possible: fewer than three pairs of marks$/);
  });
});

describe('anchors', () => {
  it('are read as they are written', () => {
    const anchors = [{ at: 10, difference: 2 }, { at: 40, difference: 0 }, { at: 50, difference: -3 }];
    expect(anchorsIn(say)('10:+2,40:0,50:-3')).toEqual(anchors);
    expect(anchorsText(anchors)).toBe('10:+2,40:0,50:-3');
    expect(Object.is(anchorsIn(say)('40:-0')[0]!.difference, 0)).toBe(true);
  });

  it.each(['', '10', '10:', ':2', '10:2,', '10:2;40:0', '1e1:2', '10:2.5', '-1:2', ' 10:2', '10:+-2', '10000:1'])('are misused as "%s"', text => {
    expect(() => anchorsIn(say)(text)).toThrow(en['cli.anchors-malformed']);
  });
});

describe('the name of an amendment', () => {
  it('is one word, and says where', () => {
    for (const component of ['3000N1@2017-06', '9521/01@2017-01', '9521/01', '3000N1']) {
      const id = amendmentId(component, { centre: '68201', change: 3 });
      expect(amendmentOf(id)).toEqual({ component, centre: '68201', change: 3 });
    }
  });

  it.each(['', '3', '68201:3', ':68201:3', '3000N1:68201:', '3000N1:6820:3', '3000N1:68201:-1', '3000N1:68201:3:4', '../x:68201:1', '3000N1 :68201:1'])('is not "%s"', id => {
    expect(amendmentOf(id)).toBeUndefined();
  });
});
