import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { codeOf, componentStream, markSheetStream, moderationStream, sheetOfStream, STREAMS_OF } from './streams.js';

describe('stream names', () => {
  it('write the slash of a code encoded, and nothing else', () => {
    expect(markSheetStream('9521/01@2017-01', '68101')).toBe('markSheet-9521%2F01@2017-01-68101');
    expect(componentStream('3000N1@2017-06')).toBe('component-3000N1@2017-06');
    expect(codeOf('9521/01@2017-01')).toBe('9521/01');
    expect(codeOf('9521/01')).toBe('9521/01');
  });

  it('of mark sheets and moderations say component and centre', () => {
    const component = fc.stringMatching(/^[A-Z0-9/-]{1,12}@20\d\d-(01|03|06|11)$/);
    fc.assert(
      fc.property(component, fc.stringMatching(/^\d{5}$/), (id, centre) => {
        const stream = markSheetStream(id, centre);
        expect(sheetOfStream(stream)).toEqual({ component: id, centre });
        expect(stream.startsWith(STREAMS_OF.MarkEntered[0])).toBe(true);
        const moderation = moderationStream(id, centre);
        expect(sheetOfStream(moderation)).toEqual({ component: id, centre });
        expect(moderation.startsWith(STREAMS_OF.SampleDrawn[0])).toBe(true);
      }),
    );
  });
});
