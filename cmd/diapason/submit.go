package main

import (
	"context"
	"errors"
	"io"
	"os"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"

	"diapason/handlers/pages"
	"diapason/surveys"
	"diapason/surveys/library"
)

// writers is how many responses are on their way to the disk at once: the
// store commits those that wait together.
const writers = 32

// submitAll sends invented answers through the same door as everybody's.
func submitAll(ctx context.Context, forms *surveys.Forms, survey surveys.Survey, answers []library.DemoAnswer, done func(int)) error {
	var wg sync.WaitGroup
	queue := make(chan library.DemoAnswer)
	failures := make(chan error, writers)
	for range writers {
		wg.Go(func() {
			for a := range queue {
				if _, err := surveys.Submit(ctx, forms, a.Response(survey, pages.NoticeVersion), a.At); err != nil {
					failures <- err
					return
				}
				done(1)
			}
		})
	}
	err := feed(queue, answers, failures)
	close(queue)
	wg.Wait()
	close(failures)
	for failure := range failures {
		err = errors.Join(err, failure)
	}
	return err
}

// feed hands the answers out until one fails.
func feed(queue chan<- library.DemoAnswer, answers []library.DemoAnswer, failures <-chan error) error {
	for _, a := range answers {
		select {
		case queue <- a:
		case err := <-failures:
			return err
		}
	}
	return nil
}

// newProgress returns what to call when n more are done: on a terminal it
// draws a bar, elsewhere it is silent.
func newProgress(w io.Writer, total int, what string) func(n int) {
	file, ok := w.(*os.File)
	if !ok || !term.IsTerminal(int(file.Fd())) {
		return func(int) {}
	}
	bar := progressbar.NewOptions(total,
		progressbar.OptionSetWriter(w), progressbar.OptionSetDescription(what),
		progressbar.OptionShowCount(), progressbar.OptionClearOnFinish(),
		progressbar.OptionThrottle(100*time.Millisecond))
	return func(n int) { _ = bar.Add(n) } // a terminal that went away stops nothing
}
