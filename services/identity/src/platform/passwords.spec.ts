import { describe, expect, it } from '@jest/globals';
import { Passwords } from './passwords.js';

const passwords = new Passwords();

describe('passwords', () => {
  it('are kept with their parameters and a salt of their own', async () => {
    const [one, other] = await Promise.all([passwords.hash('ŵyl y môr'), passwords.hash('ŵyl y môr')]);
    expect(one).toMatch(/^\$argon2id\$v=19\$m=65536,t=3,p=4\$[\w+/]{22}\$[\w+/]{43}$/);
    expect(one).not.toBe(other);
    expect(await passwords.verify('ŵyl y môr', one)).toBe('right');
    expect(await passwords.verify('ŵyl y mor', one)).toBe('wrong');
    expect(await passwords.verify('ŵyl y môr'.normalize('NFD'), one)).toBe('right');
  });

  it('are verified as the reference implementation hashes them', async () => {
    // The test vector of the PHC's reference implementation: version 19, 64 MiB, two passes, one lane.
    const hash = '$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc';
    expect(await passwords.verify('password', hash)).toBe('right');
    expect(await passwords.verify('Password', hash)).toBe('wrong');
    expect(passwords.isCurrent(hash)).toBe(true);
  });

  it('that were hashed before are verified by their own parameters, and are to be hashed anew', async () => {
    // RFC 7914, section 12: "pleaseletmein", N=16384, r=8, p=1, the first 32 bytes.
    const base64 = (bytes: Buffer) => bytes.toString('base64').replace(/=+$/, '');
    const key = base64(Buffer.from('7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2', 'hex'));
    const salt = base64(Buffer.from('SodiumChloride'));
    expect(await passwords.verify('pleaseletmein', `$scrypt$ln=14,r=8,p=1$${salt}$${key}`)).toBe('right');
    expect(passwords.isCurrent(`$scrypt$ln=14,r=8,p=1$${salt}$${key}`)).toBe(false);
  });

  it('of nobody are wrong', async () => {
    expect(await passwords.verify('', undefined)).toBe('wrong');
  });

  it('are turned away where too many wait', async () => {
    const quick = `$scrypt$ln=4,r=8,p=1$AAAA$${'A'.repeat(43)}`;
    const many = await Promise.all(Array.from({ length: 70 }, () => passwords.verify('x', quick)));
    expect(many.filter((verified) => verified === 'busy')).toHaveLength(70 - 64 - 2);
  });
});
