import { describe, expect, it } from '@jest/globals';
import { signIns } from '@portal/domain';
import { en } from '../../clients/tui/dist/platform/i18n/catalogue.js';

/** The client knows no events: what the auditor is shown of one is named here or nowhere. */
describe('the sign-in log', () => {
  it.each(signIns.types)('has words for %s', (type) => {
    expect(Object.keys(en)).toContain(`sign-in-log.type.${type}`);
  });
});
