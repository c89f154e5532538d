package main

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"

	"github.com/valyala/fasthttp"

	"diapason/handlers/pages"
	"diapason/surveys"
)

// load is a burst of responses sent to one survey over many connections.
type load struct {
	address     string // host:port
	survey      string
	answers     []json.RawMessage // sent in turn, each under a new identifier
	connections int
}

// outcome is what a load met.
type outcome struct {
	accepted []string // identifiers the server acknowledged
	refused  int      // answered with anything but 201
	broken   int      // not answered
	latency  []time.Duration
	elapsed  time.Duration
}

// run sends until ctx ends, each connection one response after the other.
func (l load) run(ctx context.Context) outcome {
	client := &fasthttp.HostClient{Addr: l.address, MaxConns: l.connections, MaxIdemponentCallAttempts: 1}
	defer client.CloseIdleConnections()
	var (
		wg    sync.WaitGroup
		mu    sync.Mutex
		total outcome
	)
	start := time.Now()
	for i := range l.connections {
		wg.Go(func() {
			own := l.connection(ctx, client, i)
			mu.Lock()
			defer mu.Unlock()
			total.accepted = append(total.accepted, own.accepted...)
			total.latency = append(total.latency, own.latency...)
			total.refused += own.refused
			total.broken += own.broken
		})
	}
	wg.Wait()
	total.elapsed = time.Since(start)
	return total
}

func (l load) connection(ctx context.Context, client *fasthttp.HostClient, turn int) outcome {
	var o outcome
	request, response := fasthttp.AcquireRequest(), fasthttp.AcquireResponse()
	defer fasthttp.ReleaseRequest(request)
	defer fasthttp.ReleaseResponse(response)
	request.SetRequestURI("http://" + l.address + "/r/" + l.survey + "/reponses")
	request.Header.SetMethod(fasthttp.MethodPost)
	request.Header.SetContentType("application/json")
	request.Header.Set("Accept", "application/json")
	for ; ctx.Err() == nil; turn++ {
		id := surveys.NewResponseID(time.Now())
		request.SetBody(body(id, l.answers[turn%len(l.answers)]))
		sent := time.Now()
		if err := client.Do(request, response); err != nil {
			o.broken++
			return o
		}
		o.latency = append(o.latency, time.Since(sent))
		if response.StatusCode() == fasthttp.StatusCreated {
			o.accepted = append(o.accepted, id)
		} else {
			o.refused++
		}
	}
	return o
}

// body is a submission as a phone sends it.
func body(id string, answers json.RawMessage) []byte {
	return fmt.Appendf(nil, `{"id":%q,"version":1,"language":"fr","mode":"web","consent":%q,"seconds":300,"answers":%s}`, id, pages.NoticeVersion, answers)
}

// rate is how many responses a second were accepted.
func (o outcome) rate() float64 { return float64(len(o.accepted)) / o.elapsed.Seconds() }

// percentile is the latency that a share of the answers did not exceed.
func (o outcome) percentile(share float64) time.Duration {
	if len(o.latency) == 0 {
		return 0
	}
	slices.Sort(o.latency)
	return o.latency[min(len(o.latency)-1, int(share*float64(len(o.latency))))]
}
