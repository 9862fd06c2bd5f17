import { writeFileSync } from 'node:fs';

import Mocha from 'mocha';

/** Shows the tests as usual, and leaves their counts where scripts/test.mjs waits for them. */
class CountingSpec extends Mocha.reporters.Spec {
  constructor(runner, options) {
    super(runner, options);
    // Said at once as well: whoever watches a long run need not wait for its end to learn why.
    runner.on(Mocha.Runner.constants.EVENT_TEST_FAIL, (_test, error) => console.log(`${error.stack ?? error}\n`));
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
