import { Injectable } from '@nestjs/common';
import { componentCodes, components } from '@portal/domain';
import { ProblemError } from './http/problem-error.js';
import { Views } from './views.js';

/** The full id of a component that was named by it or, while one series alone has it, by its bare code. */
@Injectable()
export class ComponentIds {
  constructor(private readonly views: Views) {}

  /** `kind`: where it must be of one, another is none. */
  async find(given: string, kind?: 'EMI' | 'IAMIS'): Promise<string> {
    const id = given.includes('@') ? given : await this.withCode(given);
    const known = id === undefined ? undefined : await this.views.get(components, id);
    if (id !== undefined && known !== undefined && (kind === undefined || known.kind === kind)) return id;
    throw new ProblemError('component-unknown', 'there is no such component', { field: 'component' });
  }

  private async withCode(code: string): Promise<string | undefined> {
    const ids = (await this.views.get(componentCodes, code))?.components ?? [];
    if (ids.length > 1) {
      throw new ProblemError('component-ambiguous', `name it as one of ${ids.join(', ')}`, { field: 'component', components: ids });
    }
    return ids[0];
  }
}
