module corral.bench/prober

go 1.21
