import { describe, expect, it } from '@jest/globals';
import { saveFolder } from './app.save-folder.js';

describe('where a receipt is saved', () => {
  it.each([
    ['/home/anna/papers', '/home/anna/papers'],
    ['/srv/portal', '/home/anna'],
    ['/srv/portal/clients/tui', '/home/anna'],
    ['/srv/portal-papers', '/srv/portal-papers'],
    ['/srv', '/srv'],
  ])('from %s in %s, and never among the sources', (from, folder) => {
    expect(saveFolder({ INIT_CWD: from, HOME: '/home/anna' }, '/srv/portal')).toBe(folder);
  });

  it('knows where this program itself lies', () => {
    expect(saveFolder({ INIT_CWD: process.cwd(), HOME: '/home/anna' })).toBe('/home/anna');
  });
});
