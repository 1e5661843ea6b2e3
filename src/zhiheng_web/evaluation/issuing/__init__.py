"""Papers of the year (年度文书): which kinds there are, what each is about, what it says and under which number."""
