package handlers

import (
	"bufio"
	"context"
	"fmt"
	"io"

	"github.com/gofiber/fiber/v3"
)

const (
	zipType = "application/zip"
	csvType = "text/csv; charset=utf-8"
)

// sendFlow sends a file while it is made, so that the first bytes leave at
// once. What write returns by error, or by panic, breaks the connection: no
// browser then takes what it has for the whole file. A reader who leaves ends
// the context of write. Nothing of Fiber's may be used inside write: its
// buffers serve again.
func (s *Server) sendFlow(c fiber.Ctx, name, mediaType string, write func(context.Context, io.Writer) error) error {
	c.Set(fiber.HeaderContentType, mediaType)
	c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+name+`"`)
	c.Set("X-Accel-Buffering", "no") // nginx would keep the first bytes to itself
	if c.Method() == fiber.MethodHead {
		return nil
	}
	ctx, cancel := context.WithCancel(context.Background())
	from, to := io.Pipe()
	go func() {
		defer cancel()
		out := bufio.NewWriterSize(to, 32<<10)
		err := guarded(func() error { return write(ctx, out) })
		if err == nil {
			err = out.Flush()
		}
		if err != nil && ctx.Err() == nil {
			s.log.Error("a download broke off", "file", name, "error", err)
		}
		_ = to.CloseWithError(err) // never fails; nil is the end of the file
	}()
	c.Response().ImmediateHeaderFlush = true // the browser shows a download at once
	return c.SendStream(flow{from, cancel})
}

// guarded is work whose panic is an error: out of the request, nobody else
// catches it.
func guarded(work func() error) (err error) {
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("panic: %v", fault)
		}
	}()
	return work()
}

// flow is the reading end of a file being made.
type flow struct {
	*io.PipeReader
	cancel context.CancelFunc
}

// Close ends the making: the reader has all, or is gone.
func (f flow) Close() error {
	f.cancel()
	return f.PipeReader.Close()
}
