import { writeFileSync } from 'node:fs';

import Mocha from 'mocha';

/** Shows the tests as usual, and leaves their counts where scripts/test.mjs waits for them. */
class CountingSpec extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    runner.once(Mocha.Runner.constants.EVENT_RUN_END, () => {
      const { passes, failures, pending } = runner.stats;
      writeFileSync(
        process.env['TEST_COUNTS_FILE'],
        JSON.stringify({ passed: passes, failed: failures, skipped: pending }),
      );
    });
  }
}

// oxlint-disable-next-line import/no-default-export -- It is the only export that mocha takes.
export default CountingSpec;
