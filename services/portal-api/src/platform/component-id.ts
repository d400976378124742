import { Injectable } from '@nestjs/common';
import { componentCodes, components } from '@portal/domain';
import { ProblemError } from './http/problem-error.js';
import { Views } from './views.js';

/** The full id of a component that was named by it or, while one series alone has it, by its bare code. */
@Injectable()
export class ComponentIds {
  constructor(private readonly views: Views) {}

  find(given: string): string {
    if (given.includes('@')) {
      if (this.views.get(components, given) !== undefined) return given;
      throw new ProblemError('component-unknown', 'there is no such component', { field: 'component' });
    }
    const ids = this.views.get(componentCodes, given)?.components ?? [];
    if (ids.length > 1) {
      throw new ProblemError('component-ambiguous', `name it as one of ${ids.join(', ')}`, { field: 'component', components: ids });
    }
    const [id] = ids;
    if (id === undefined) throw new ProblemError('component-unknown', 'there is no such component', { field: 'component' });
    return id;
  }
}
